"""Pictures for LinkedIn: it names a place, the picture is put there, and LinkedIn works on it for some seconds."""

import httpx

from host import _
from plugins.publishing.networks.asking import ask
from plugins.publishing.networks.linkedin.answers import TITLE, hindrance
from plugins.publishing.networks.linkedin.asking import asked, bearer
from plugins.publishing.networks.reading import words
from plugins.publishing.outcomes import Hindered, Later
from plugins.publishing.platform import Login, Picture

MOST_PIXELS = 36_152_320
LONGEST_ALT = 4086


def upload(picture: Picture, login: Login, client: httpx.Client) -> str:
    begun = {"initializeUploadRequest": {"owner": login.remote_id}}
    said = asked(client, "/rest/images?action=initializeUpload", begun, login)
    place, name = words(said, "value", "uploadUrl"), words(said, "value", "image")
    if not place or not name.startswith("urn:li:image:"):
        raise Hindered(Later(_("LinkedIn named no place for the picture.")))
    headers = {**bearer(login), "Content-Type": picture.type}
    answer = ask(client, "PUT", place, title=TITLE, headers=headers, content=picture.read())
    if not answer.is_success:
        raise Hindered(hindrance(answer, login))
    return name
