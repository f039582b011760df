# Everything that apt and dpkg know on this machine, to be compared: an action that unpacks a client elsewhere leaves it alone.
set -euo pipefail
dpkg -l
sudo find /etc/apt /var/lib/apt -printf '%p %y %m %u %s %T@\n' | sort
sudo find /etc/apt -type f -exec sha256sum {} + | sort
