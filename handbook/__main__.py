"""Run the handbook as `python -m handbook`."""

from handbook.main import main

if __name__ == "__main__":
    main()
