{{/* The objects of a file of the folders k8s/base, k8s/monitoring and k8s/database, as a list. */}}
{{- define "seeql.read" -}}
{{- $objects := list -}}
{{- range regexSplit "(?m)^---\\s*$" .text -1 -}}
{{- $object := fromYaml . -}}
{{- if $object.kind }}{{ $objects = append $objects $object }}{{ end -}}
{{- end -}}
{{- toYaml (dict "objects" $objects) -}}
{{- end -}}

{{/* Writes an object with the namespace of the release, and the labels and annotations. */}}
{{- define "seeql.write" -}}
{{- $metadata := .object.metadata -}}
{{- $_ := set $metadata "namespace" (.namespace | default .root.Release.Namespace) -}}
{{- with .root.Values.labels -}}
{{- $_ := set $metadata "labels" (merge (dict) . ($metadata.labels | default dict)) -}}
{{- end -}}
{{- with .root.Values.annotations -}}
{{- $_ := set $metadata "annotations" (merge (dict) . ($metadata.annotations | default dict)) -}}
{{- end }}
---
{{ toYaml .object }}
{{- end -}}

{{/* The name of a service account of k8s/base in this release. */}}
{{- define "seeql.account" -}}
{{- index .root.Values.serviceAccounts (trimPrefix "seeql-" .name) | default .name -}}
{{- end -}}
