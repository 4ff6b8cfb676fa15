"""What a Mastodon server takes for a link and for a mention.

Source: a link has to have a scheme, and is otherwise twitter-text's with wider paths (mastodon/mastodon,
`config/initializers/twitter_regex.rb`); a mention is `Account::MENTION_RE`, not in an address and not before another @.
"""

import regex

from plugins.publishing.networks.x.domains import endings

# No blank, angle bracket, parenthesis or question mark; parentheses only in pairs, at most one within another.
_PATH = r"""
    [^\s<>()?]
    | \( (?: [^\s<>()?]++ | [^\s<>()?]*+ \( [^\s<>()?]++ \) [^\s<>()?]*+ ) \)
"""
_PATH_END = r"""
    [^\s()?!*"'「」<>;:=,.$%\[\]~&|@]
    | \( (?: [^\s<>()?]++ | [^\s<>()?]*+ \( [^\s<>()?]++ \) [^\s<>()?]*+ ) \)
"""
_QUERY = r"[a-z0-9!?*'();:&=+$/%#\[\]\-_.,~|@^\u00A0-\U0010FFFD]"
_QUERY_END = r"[a-z0-9_&=#/\-\u00A0-\U0010FFFD]"
_LINK = rf"""
    (?<! [a-z0-9@＠$\#＃\uFFFE\uFEFF\uFFFF] )
    (?P<link>
        https?://
        (?: \w (?:[\w-]*\w)? \. )+ (?: \L<tlds> | xn--[a-z0-9-]+ ) (?! [0-9a-z@+-] )
        (?: :\d+ )?
        (?: / (?: (?: {_PATH} )* (?: {_PATH_END} ) )? )?
        (?: \? (?: {_QUERY}* {_QUERY_END} ) )?
    )
"""
_MENTION = r"""
    (?<! [=/\w] )
    (?> @ (?P<local> [a-z0-9_]+ (?:[.-]+[a-z0-9_]+)* ) (?: @\w+ (?:[.-]+\w+)* )? )
    (?! [@＠] | :// )
"""

ENTITY = regex.compile(f"{_LINK} | {_MENTION}", regex.IGNORECASE | regex.VERBOSE, tlds=endings())
