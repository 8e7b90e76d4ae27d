"""Pages as pictures. The only package that knows Pillow."""
