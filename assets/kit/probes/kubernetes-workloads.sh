#!/bin/sh
# Workloads of one namespace: replicas, health probes, limits and images' tags, through a template that prints nothing else.
# shellcheck source=../lib/kubernetes.sh
. "$KIT_HOME/lib/kubernetes.sh"
workloads() { # Of an image its last part is kept: what stands before names the registry.
  found=$(kube get deployments,statefulsets,daemonsets,cronjobs \
    --output=go-template-file="$KIT_HOME/kubernetes/workloads.tmpl") || return 1
  printf '%s\n' "$found" | sed 's|^\( *image: "\)[^"]*/|\1|'
}
capture workloads.yaml workloads
