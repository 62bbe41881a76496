package config

import (
	"os"
	"regexp"
	"slices"
	"strings"
)

const (
	envPrefix  = "VIVARIUM_"
	envConfig  = envPrefix + "CONFIG"
	fileSuffix = "_FILE"
)

// linkPattern matches what Kubernetes and container links put into the
// environment for a service called vivarium: not meant for us.
var linkPattern = regexp.MustCompile(`^VIVARIUM_(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT|PORT_[0-9]+_.+|NAME|ENV_.+)$`)

// checkEnvironment refuses variables with our prefix that no key has: a typing
// error there would otherwise go unnoticed.
func checkEnvironment(table []key) error {
	var known []string
	for _, k := range table {
		known = append(known, k.env(), k.env()+fileSuffix)
	}
	known = append(known, envConfig)
	for _, assignment := range os.Environ() {
		name, _, _ := strings.Cut(assignment, "=")
		if strings.HasPrefix(name, envPrefix) && !slices.Contains(known, name) && !linkPattern.MatchString(name) {
			return &Error{Key: name, Problem: "no key has this environment variable"}
		}
	}
	return nil
}

// readEnvFiles returns the values that stand in files named by …_FILE variables,
// without the line break at their end.
func readEnvFiles(table []key) (map[string]any, error) {
	values := map[string]any{}
	for _, k := range table {
		path := os.Getenv(k.env() + fileSuffix)
		if path == "" {
			continue
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return nil, &Error{Key: k.name, Where: k.env() + fileSuffix, Problem: path + " cannot be read: " + cause(err).Error()}
		}
		values[k.name] = strings.TrimRight(string(content), "\r\n")
	}
	return values, nil
}
