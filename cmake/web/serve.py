#!/usr/bin/env python3
"""serve.py FOLDER PORT: hands out a folder on the loopback address, with the headers that let a page have threads."""

import functools
import http.server
import sys


class Isolating(http.server.SimpleHTTPRequestHandler):
    """A page with these headers shares its process with no other site's, and so may share memory between threads."""

    def end_headers(self):
        self.send_header("Cross-Origin-Opener-Policy", "same-origin")
        self.send_header("Cross-Origin-Embedder-Policy", "require-corp")
        super().end_headers()

    def log_message(self, *arguments):
        pass


def main(folder, port):
    handler = functools.partial(Isolating, directory=folder)
    try:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", int(port)), handler)
    except OSError as error:
        sys.exit(f"Port {port} cannot be had: {error.strerror}.")
    print(f"The page is at http://127.0.0.1:{port}/ until Ctrl+C.", file=sys.stderr)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main(*sys.argv[1:])
