package store

import (
	"cmp"
	"context"
	"math"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"vivarium/app/model"
)

// maxWords is how many words of a search count; the rest is left aside, to bound
// the statement.
const maxWords = 16

// PackageQuery says which packages to list. Its zero value lists all that anyone
// may see, by name.
type PackageQuery struct {
	AccountID int64             // 0: of every account
	Type      model.PackageType // empty: of any type
	Access    model.Access      // empty: of any access
	// CollectionID narrows the list to what is in a collection; 0: no matter.
	CollectionID int64
	// ChangedAfter leaves out what was last changed before.
	ChangedAfter time.Time
	Subdir       string // empty: of any; otherwise with a conda file in it
	// Words must each occur in the name or the summary, in any case.
	Words  string
	Order  model.PackageOrder
	Limit  int // 0: no limit
	Offset int
	Sight  Sight
	// Reader is the user for whom Starred is filled; 0: nobody.
	Reader int64
	// Starred leaves out what is not among Reader's favorites.
	Starred   bool
	WithFiles bool // leave out packages without a file
	// Installable leaves out notebooks and environments.
	Installable bool
	// Named leaves out what AccountID has under none of these names, as they are
	// looked up or in PEP 503 form; nil: no matter.
	Named []string
	// Needing leaves out what does not need a package, and that itself; nil: no
	// matter.
	Needing *model.Package
	// WithBuilds fills Builds.
	WithBuilds bool
}

// Packages lists packages with all that a list shows, and counts those there
// would be without Limit and Offset. Platforms and Labels are sorted; Versions,
// those that have files, and YankedVersions are in no order.
func (s *Store) Packages(ctx context.Context, query PackageQuery) (list []model.Package, total int, err error) {
	err = s.InReadTx(ctx, func(tx *Store) error {
		q := tx.selectPackages(&list).Apply(query.filter)
		n, err := q.Count(ctx)
		if total = int(n); err != nil || n == 0 {
			return err
		}
		return q.Apply(listColumns, query.builds, query.reader, query.order).Scan(ctx)
	})
	return list, total, classify(err, "list packages")
}

func listColumns(q *bun.SelectQuery) *bun.SelectQuery {
	return q.
		ColumnExpr(`(SELECT json_group_array(DISTINCT f.subdir ORDER BY f.subdir) FROM files AS f
			WHERE f.package_id = package.id AND f.type = ?) AS platforms`, model.Conda).
		ColumnExpr(`(SELECT json_group_array(DISTINCT l.name ORDER BY l.name) FROM files AS f
			JOIN file_labels AS fl ON fl.file_id = f.id JOIN labels AS l ON l.id = fl.label_id
			WHERE f.package_id = package.id) AS labels`).
		ColumnExpr(`(SELECT json_group_array(r.version) FROM releases AS r
			WHERE r.package_id = package.id AND EXISTS (SELECT 1 FROM files AS f WHERE f.release_id = r.id)) AS versions`).
		ColumnExpr(`(SELECT json_group_array(r.version) FROM releases AS r
			WHERE r.package_id = package.id AND EXISTS (SELECT 1 FROM files AS f WHERE f.release_id = r.id)
			AND NOT EXISTS (SELECT 1 FROM files AS f WHERE f.release_id = r.id AND f.yanked_at IS NULL)) AS yanked_versions`)
}

func (query PackageQuery) filter(q *bun.SelectQuery) *bun.SelectQuery {
	q.Where("?", query.Sight.condition())
	if query.AccountID != 0 {
		q.Where("package.account_id = ?", query.AccountID)
	}
	if query.Type != "" {
		q.Where(`package.types LIKE ? ESCAPE '\'`, containing(`"`+string(query.Type)+`"`))
	}
	if query.Access != "" {
		q.Where("package.access = ?", query.Access)
	}
	if query.Subdir != "" {
		q.Where("EXISTS (SELECT 1 FROM files AS f WHERE f.package_id = package.id AND f.type = ? AND f.subdir = ?)", model.Conda, query.Subdir)
	}
	if query.CollectionID != 0 {
		q.Where("EXISTS (SELECT 1 FROM collection_packages AS c WHERE c.package_id = package.id AND c.collection_id = ?)", query.CollectionID)
	}
	if !query.ChangedAfter.IsZero() {
		q.Where("package.modified_at > ?", query.ChangedAfter)
	}
	if query.WithFiles {
		q.Where("EXISTS (SELECT 1 FROM files AS f WHERE f.package_id = package.id)")
	}
	if query.Starred {
		q.Where("package.id IN (SELECT s.package_id FROM stars AS s WHERE s.user_id = ?)", query.Reader)
	}
	if query.Installable {
		for _, t := range []model.PackageType{model.Notebook, model.Environment} {
			q.Where("package.types NOT LIKE ?", containing(`"`+string(t)+`"`))
		}
	}
	if query.Named != nil {
		q.Where(`package.id IN (SELECT id FROM packages WHERE account_id = ? AND lookup_name IN (?)
			UNION SELECT id FROM packages WHERE account_id = ? AND normalized_name IN (?))`,
			query.AccountID, bun.List(query.Named), query.AccountID, bun.List(query.Named))
	}
	if query.Needing != nil {
		q.Where("package.id <> ? AND package.id IN (SELECT package_id FROM dependencies WHERE ?)", query.Needing.ID, onPackage(*query.Needing))
	}
	words := strings.Fields(query.Words)
	for _, word := range words[:min(len(words), maxWords)] {
		pattern := containing(word)
		q.Where(`(package.name LIKE ? ESCAPE '\' OR package.summary LIKE ? ESCAPE '\')`, pattern, pattern)
	}
	return q
}

func (query PackageQuery) order(q *bun.SelectQuery) *bun.SelectQuery {
	if query.Limit > 0 || query.Offset > 0 {
		q.Limit(int64(cmp.Or(query.Limit, math.MaxInt))).Offset(int64(query.Offset))
	}
	switch query.Order {
	case model.LastChanged:
		return q.OrderExpr("package.modified_at DESC, package.id DESC")
	case model.MostDownloads:
		q.OrderExpr("downloads DESC")
	case model.MostStars:
		q.OrderExpr("star_count DESC")
	case model.LastStarred:
		q.OrderExpr("(SELECT s.created_at FROM stars AS s WHERE s.user_id = ? AND s.package_id = package.id) DESC", query.Reader)
	}
	return q.OrderExpr("package.lookup_name, account.login")
}

// builds lists the build strings of each package's files, if that is wanted.
func (query PackageQuery) builds(q *bun.SelectQuery) *bun.SelectQuery {
	if !query.WithBuilds {
		return q
	}
	return q.ColumnExpr(`(SELECT json_group_array(DISTINCT f.build ORDER BY f.build) FROM files AS f
		WHERE f.package_id = package.id AND f.build <> '') AS builds`)
}

// reader marks what the reader starred.
func (query PackageQuery) reader(q *bun.SelectQuery) *bun.SelectQuery {
	if query.Reader == 0 {
		return q
	}
	return q.ColumnExpr("EXISTS (SELECT 1 FROM stars AS s WHERE s.user_id = ? AND s.package_id = package.id) AS starred", query.Reader)
}

// containing returns the LIKE pattern of texts that contain s.
func containing(s string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(s) + "%"
}

// SiteCounts counts the packages in sight that have files, their files, and how
// many of them are notebooks and environments.
func (s *Store) SiteCounts(ctx context.Context, sight Sight) (packages, files, notebooks, environments int, err error) {
	perPackage := s.read.NewSelect().TableExpr("packages AS package").
		ColumnExpr("count(*) AS files").
		ColumnExpr("max(CASE file.type WHEN ? THEN 1 ELSE 0 END) AS notebook, max(CASE file.type WHEN ? THEN 1 ELSE 0 END) AS environment", model.Notebook, model.Environment).
		Join("JOIN files AS file ON file.package_id = package.id").
		Where("?", sight.condition()).Group("package.id")
	err = s.read.NewSelect().TableExpr("(?) AS p", perPackage).
		ColumnExpr("count(*), coalesce(sum(files), 0), coalesce(sum(notebook), 0), coalesce(sum(environment), 0)").
		Scan(ctx, &packages, &files, &notebooks, &environments)
	return packages, files, notebooks, environments, classify(err, "count packages")
}
