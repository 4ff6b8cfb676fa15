"""What goes wrong in which hook; a test writes another file over this one."""


def may_fail(hook):
    pass
