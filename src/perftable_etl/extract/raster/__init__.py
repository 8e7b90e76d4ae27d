"""From the image of a page to its rules and its ink: the page levelled, its rules found, and what is printed between.

The only package that knows OpenCV. Images are rows of grey pixels, 0 is black; a mask is an image of 0 and 255. Lengths
and places are in points, so that 150 dpi and 300 dpi are read alike; pixels never leave this package but as images.
"""
