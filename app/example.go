package main

import (
	"strings"

	"github.com/spf13/cobra"
)

// exampleLines are what the help of each command shows of its use.
var exampleLines = map[string]string{
	"app serve": `app serve
app serve --data-dir /var/lib/vivarium --listen 127.0.0.1:8080
app serve --config /etc/vivarium/config.yaml`,
	"app healthcheck": `app healthcheck --listen 127.0.0.1:8080`,
	"app version":     `app version`,

	"app admin create-user": `app admin create-user ada --email ada@example.org --admin --generate-password
app admin create-user brook --email brook@example.org --name "Brook Reed" --password-stdin <password`,
	"app admin list-users": `app admin list-users
app admin list-users --json`,
	"app admin disable-user": `app admin disable-user brook`,
	"app admin enable-user":  `app admin enable-user brook`,
	"app admin delete-user":  `app admin delete-user brook --yes`,
	"app admin rename-user":  `app admin rename-user brook rill`,
	"app admin set-password": `app admin set-password brook --generate-password`,
	"app admin reset-link":   `app admin reset-link brook`,
	"app admin grant-admin":  `app admin grant-admin brook`,
	"app admin revoke-admin": `app admin revoke-admin brook`,

	"app admin create-org": `app admin create-org labs --owner ada`,
	"app admin list-orgs": `app admin list-orgs
app admin list-orgs --json`,

	"app admin create-token": `app admin create-token ada --name laptop --scopes 'repos api:read'
app admin create-token ada --org labs --name ci --scopes conda:download --expires 90d`,
	"app admin list-tokens": `app admin list-tokens ada
app admin list-tokens labs --json`,
	"app admin revoke-token": `app admin revoke-token ada laptop`,

	"app admin config": `app admin config
app admin config --config /etc/vivarium/config.yaml --json`,
	"app admin explain": `app admin explain brook labs/reefscan
app admin explain labs labs/reefscan --token ci
app admin explain anonymous labs/reefscan --json`,

	"app admin backup": `app admin backup /backup/vivarium.tar
app admin backup - | ssh vault 'cat >vivarium.tar'`,
	"app admin restore": `app admin restore /backup/vivarium.tar --data-dir /var/lib/new`,
	"app admin check": `app admin check
app admin check --deep --repair
app admin check --json`,
	"app admin gc": `app admin gc
app admin gc --grace 2d`,
	"app admin migrate": `app admin migrate --data-dir /var/lib/vivarium
app admin migrate --to 17`,
	"app admin reindex": `app admin reindex
app admin reindex labs --read`,

	"app admin import": `app admin import /srv/mirror --channel labs
app admin import /srv/mirror --channel labs --label dev --json`,
	"app admin import-channel": `app admin create-org labs --owner ada
app admin import-channel https://old.example/labs --channel labs --token-stdin <token`,
	"app admin import-site": `app admin import-site /srv/site-dump --rename admin=keeper --owner keeper`,
	"app admin export": `app admin export labs /srv/www/labs
app admin export labs /srv/www/labs-dev --label dev --public --link`,
}

// giveExamples puts the examples into the help of cmd and all below it.
func giveExamples(cmd *cobra.Command) {
	if lines, ok := exampleLines[cmd.CommandPath()]; ok {
		cmd.Example = "  " + strings.ReplaceAll(lines, "\n", "\n  ")
	}
	for _, below := range cmd.Commands() {
		giveExamples(below)
	}
}
