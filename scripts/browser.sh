#!/bin/sh
# Bring the browser that the tests of the pages use, where it is absent and we may: Debian's chromium, by apt-get, as root.
# Never fails: without a browser those tests are skipped, and say why.
for name in chromium chromium-browser google-chrome; do
  command -v "$name" > /dev/null 2>&1 && exit 0
done
if [ "$(id -u)" != 0 ] || ! command -v apt-get > /dev/null 2>&1; then
  echo 'No chromium here and no right to install it: the tests in a browser are skipped.' >&2
  exit 0
fi
echo 'Installing chromium for the tests in a browser ...' >&2
export DEBIAN_FRONTEND=noninteractive
install='timeout 300 apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk'
$install > /dev/null 2>&1 || { timeout 120 apt-get update -qq > /dev/null 2>&1; $install > /dev/null 2>&1; } ||
  echo 'Chromium could not be installed: the tests in a browser are skipped.' >&2
exit 0
