"""Where the executable begins."""

import multiprocessing
import sys

from host.__main__ import main

if __name__ == "__main__":
    multiprocessing.freeze_support()  # `fallow serve --workers` starts this same file again
    sys.exit(main())
