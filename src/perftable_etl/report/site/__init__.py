"""A site about a database, which opens from the disk: no server, no network.

`site.py` makes it as a sentence. What a database says becomes data (`overview`, `catalogue`, `records`), what a file
shows becomes images and tables (`printed`, made in workers by `printing`), and both are given to the scripts in
`assets/` as classic scripts (`json_script`): a page from the disk may load nothing else. `folder` makes sure that a run
that is killed leaves the site as it was.
"""
