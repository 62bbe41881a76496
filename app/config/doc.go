// Package config reads what the operator decided: flags, environment, a YAML
// file and defaults, in that order of precedence, into one plain Config. It
// refuses keys it does not know, values out of range and settings of parts that
// are not built yet, and says for each where it stands. It is the only home of
// viper.
package config
