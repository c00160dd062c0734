# shellcheck shell=sh
# `get` and `top` only, each with a limit on its time.
# shellcheck source=probe.sh
. "$KIT_HOME/lib/probe.sh"

kube() { # VERB…
  kubectl "$@" --namespace="$K8S_NAMESPACE" --request-timeout=30s ${K8S_CONTEXT:+--context="$K8S_CONTEXT"}
}
