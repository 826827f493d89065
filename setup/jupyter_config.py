"""What JupyterLab is told when `npm run lab` starts it; the reader's own arguments come after and win."""

import os
import signal
import threading

c = get_config()  # noqa: F821  (Jupyter provides it)

# Nothing is fetched from outside, and no question about news stands before the first notebook: JupyterLab asks
# it unless a setting says no, and overrides.json in this folder does.
c.LabApp.app_settings_dir = os.path.join(os.path.dirname(os.path.abspath(__file__)), "jupyterlab")
c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
c.LabApp.extension_manager = "readonly"

# Containers run as root; the server still asks for its token and listens on localhost alone.
c.ServerApp.allow_root = True
c.MultiKernelManager.default_kernel_name = "tslab"


def end_with_the_terminal() -> None:
    """Standard input is a pipe that `npm run lab` holds: when that ends, even by `kill -9`, so do we."""
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


# Jupyter may read this file more than once.
WATCHER = "end-with-the-terminal"
if all(thread.name != WATCHER for thread in threading.enumerate()):
    threading.Thread(target=end_with_the_terminal, name=WATCHER, daemon=True).start()
