"""The version of the package, stored with every document as the version of its parser."""

VERSION = "0.2.0"
