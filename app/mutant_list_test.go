package main

// decisions are the functions in which every condition decides who may do or see
// something, by file; none stands for all of the file.
var decisions = map[string][]string{
	"app/model/actor.go":           {"Anonymous", "PassesDoor"},
	"app/model/token.go":           {"Expired"},
	"app/protocol/actor.go":        {"Actor", "resolve"},
	"app/registry/audit_list.go":   {"AuditLines", "auditQuery"},
	"app/registry/authenticate.go": {"Authenticate", "tokenActor", "userActor"},
	"app/registry/signin.go":       {"SessionActor", "stillSignedIn", "requirePerson"},
	"app/registry/authorize.go":    nil,
	"app/store/sight.go":           nil,
	"app/web/page.go":              {"admit"},
	"app/web/visitor.go":           {"recognize"},
}

// equals are mutants that do what the program does, and why.
var equals = map[string]string{
	"app/protocol/actor.go: Actor: model.CodeOf(err) == model.Unauthenticated: the other way round":          "the open rows that ask who it is answer a wrong credential themselves",
	"app/registry/access.go: SetAccess: model.Admin: Write is enough":                                        "who administers an account administers each package of it, and that was asked first",
	"app/registry/account.go: UpdateProfile: r.requireAccount(ctx, tx, actor, a, model.Admin): left out":     "an account is always its own",
	"app/registry/account.go: UpdateProfile: model.Admin: Write is enough":                                   "an account is always its own",
	"app/registry/upload_commit.go: commit: model.Write: Read is enough":                                     "asked once before the bytes are read, and again for who lost the right meanwhile",
	"app/registry/authorize.go: requireAccount: r.enter(actor, account): left out":                           "account has asked already; kept for callers that come by an account in another way",
	"app/registry/authorize.go: requirePackage: r.enter(actor, account): left out":                           "account has asked already; kept for callers that come by an account in another way",
	"app/registry/authorize.go: missingScope: actor.HeaderScopes.HasAny(actor.Door...): the other way round": "it chooses the sentence of a refusal alone, which TestPutNeedsTheScope reads",
	"app/store/record.go: PackagesBeyond: sight.condition(): everything is in sight":                         "the records of what it names are read in that sight; TestPackagesBeyond notices",
	"app/registry/authorize.go: missing: actor.UserID == 0: the other way round":                             "it asks for the time that it takes alone, which TestT12HiddenTiming measures",
	"app/registry/authorize.go: missing: isOwn(actor, account): the other way round":                         "it asks for the time that it takes alone, which TestT12HiddenTiming measures",
	"app/registry/upload_receive.go: requireSomeWrite: r.enter(actor, account): left out":                    "account has asked already",
}

// textMutations change what statements of the database and other texts say about
// who may see what: each text stands once in its file, in a literal.
var textMutations = []struct{ file, was, is string }{
	{"app/store/sight.go", "package.access = ? AND package.account_id", "? <> '' AND package.account_id"},
	{"app/store/sight.go", " AND package.account_id NOT IN (SELECT id FROM accounts WHERE closed)", ""},
	{"app/store/sight.go", " OR package.account_id IN (?)", " OR package.account_id NOT IN (?)"},
	{"app/store/sight.go", " OR package.id IN (?)", " OR package.id NOT IN (?)"},
	{"app/store/sight.go", "WHERE m.user_id = ? AND grp.all_packages", "WHERE m.user_id = ?"},
	{"app/store/sight.go", "WHERE m.user_id = ? AND grp.all_packages", "WHERE m.user_id <> ? AND grp.all_packages"},
	{"app/store/sight.go", "attached.group_id = m.group_id WHERE m.user_id = ?", "attached.group_id = m.group_id WHERE m.user_id <> ?"},
	{"app/store/sight.go", "WHERE c.user_id = ?", "WHERE c.user_id <> ?"},
	{"app/store/granted.go", "m.user_id = ?0 AND grp.organization_id = ?1 AND grp.all_packages", "grp.organization_id = ?1 AND grp.all_packages"},
	{"app/store/granted.go", "m.user_id = ?0 AND grp.organization_id = ?1 AND grp.all_packages", "m.user_id = ?0 AND grp.all_packages"},
	{"app/store/granted.go", "m.user_id = ?0 AND grp.organization_id = ?1 AND grp.all_packages", "m.user_id = ?0 AND grp.organization_id = ?1"},
	{"app/store/granted.go", "m.group_id = attached.group_id AND m.user_id = ?0", "m.group_id = attached.group_id"},
	{"app/store/granted.go", "WHERE attached.package_id = ?2", "WHERE ?2 > 0"},
	{"app/store/granted.go", "c.package_id = ?2 AND c.user_id = ?0", "c.package_id = ?2"},
	{"app/store/granted.go", "c.package_id = ?2 AND c.user_id = ?0", "c.user_id = ?0"},
	{"app/store/grant_set.go", "m.user_id = ?0 AND grp.id = m.group_id", "m.user_id <> ?0 AND grp.id = m.group_id"},
	{"app/store/grant_set.go", "grp.organization_id = ?1 AND attached.group_id = grp.id", "grp.organization_id = ?1"},
	{"app/store/grant_set.go", "c.user_id = ?0 AND p.id = c.package_id", "c.user_id <> ?0 AND p.id = c.package_id"},
	{"app/store/group.go", "grp.organization_id = ? AND grp.name = ?", "grp.organization_id = ? AND grp.name <> ?"},
	{"app/store/group.go", "grp.organization_id = ? AND grp.name = ?", "grp.organization_id <> ? AND grp.name = ?"},
	{"app/store/group.go", "member.user_id = ?", "member.user_id <> ?"},
	{"app/store/token.go", "account_id = ? AND id = ?", "account_id <> ? AND id = ?"},
}
