"""`python -m frontrunner` is the command `frontrunner`."""

from frontrunner.deliver.cli import main

if __name__ == "__main__":
    main()
