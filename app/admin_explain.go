package main

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"vivarium/app/model"
	"vivarium/app/registry"
)

const explainHelp = `Says what a user may do to a package and which rule decides it: being an owner, a
group, being a collaborator, or the package's access. Every rule that was looked at is listed
with what it gives; the highest wins. The USER anonymous stands for whoever has not
signed in. With --token the question is what a token of USER may do, which may be an
organization then: no more than its account, and only what its scopes allow. When that
is less than --wants, what would change it is listed.`

// anonymous is a login that nobody can have.
const anonymous = "anonymous"

func newExplain() *cobra.Command {
	cmd := &cobra.Command{
		Use: "explain USER CHANNEL/PACKAGE", Short: firstSentence(explainHelp), Long: explainHelp, Args: wants("USER", "CHANNEL/PACKAGE"),
	}
	asJSON := addJSON(cmd)
	token := cmd.Flags().String("token", "", "ask about the token of that name instead of its account")
	want := cmd.Flags().String("wants", model.Read.String(), "what they would like to do: read, write or admin")
	cmd.RunE = doing("explaining the rights of", func(cmd *cobra.Command, args []string) error {
		channel, pkg, ok := strings.Cut(args[1], "/")
		if !ok || channel == "" || pkg == "" || strings.Contains(pkg, "/") {
			return usagef("%q is not CHANNEL/PACKAGE", args[1])
		}
		wanted, err := model.ParsePermission(*want)
		if err != nil {
			return usagef("--wants is read, write or admin, not %q", *want)
		}
		return asOperator(cmd, func(ctx context.Context, op operator) error {
			asker := registry.Asker{Login: args[0], Token: *token, Wants: wanted}
			if asker.Login == anonymous {
				asker.Login = ""
			}
			e, err := op.Explain(ctx, op.actor, asker, channel, pkg)
			if err != nil {
				return err
			}
			return printExplanation(cmd, *asJSON, e)
		})
	})
	return cmd
}

// remedy stands in the place of a rule's name before what would change the outcome.
const remedy = "to change it"

// ruleRow is a rule in an explanation, or a remedy.
type ruleRow struct {
	Name       string `json:"name"`
	Permission string `json:"permission"`
	Decides    bool   `json:"decides"`
	Text       string `json:"text"`
}

func (r ruleRow) cells() []string {
	return []string{r.Name, r.Permission, mark(r.Decides, "decides"), r.Text}
}

func printExplanation(cmd *cobra.Command, asJSON bool, e registry.Explanation) error {
	list := rows(e.Reasons, func(r registry.Reason) ruleRow { return ruleRow{r.Rule, r.Permission.String(), r.Decides, r.Text} })
	for _, r := range e.Remedies {
		list = append(list, ruleRow{Name: remedy, Permission: e.Wants.String(), Text: r.Text})
	}
	if !asJSON {
		if err := say(cmd, "%s\n", verdict(e)); err != nil {
			return err
		}
	}
	return printList(cmd.OutOrStdout(), asJSON, []string{"RULE", "GIVES", "", "WHY"}, list)
}

// verdict is the explanation in one sentence.
func verdict(e registry.Explanation) string {
	may := map[model.Permission]string{
		model.NoAccess: "may not see", model.Read: "may read", model.Write: "may read and change", model.Admin: "may administer",
	}
	who := cmp.Or(e.Login, anonymous)
	if e.Token != "" {
		who = "token " + e.Token + " of " + who
	}
	does := may[e.Permission]
	if e.Unread {
		does = "may change and not read"
	}
	text := who + " " + does + " " + e.Subject
	if i := slices.IndexFunc(e.Reasons, func(r registry.Reason) bool { return r.Decides }); i >= 0 {
		text += ": " + e.Reasons[i].Rule
	}
	return text
}
