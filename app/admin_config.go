package main

import (
	"github.com/spf13/cobra"

	"vivarium/app/config"
)

const configHelp = `Prints the configuration in force, and where each value came from: a flag, a variable of
the environment, a line of a file, or the default. Secrets are hidden.`

// settingRow is a key in the listing of the configuration.
type settingRow struct {
	Name   string `json:"name"`
	Value  string `json:"value"`
	Source string `json:"source"`
}

func (s settingRow) cells() []string { return []string{s.Name, dash(s.Value), s.Source} }

func newConfig() *cobra.Command {
	cmd := &cobra.Command{Use: "config", Short: firstSentence(configHelp), Long: configHelp, Args: wants()}
	asJSON := addJSON(cmd)
	cmd.RunE = doing("printing the configuration", func(cmd *cobra.Command, _ []string) error {
		loaded, err := loadConfig(cmd)
		if err != nil {
			return err
		}
		list := rows(loaded.Settings, func(s config.Setting) settingRow { return settingRow{s.Key, s.Value, s.Source} })
		return printList(cmd.OutOrStdout(), *asJSON, []string{"KEY", "VALUE", "SOURCE"}, list)
	})
	return cmd
}

func dash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}
