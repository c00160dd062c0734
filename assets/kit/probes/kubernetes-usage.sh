#!/bin/sh
# Processor and memory that pods use now.
# shellcheck source=../lib/kubernetes.sh
. "$KIT_HOME/lib/kubernetes.sh"
capture usage.txt kube top pods --containers
