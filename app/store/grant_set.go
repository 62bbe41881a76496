package store

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
)

// GrantSet is the packages of an account that a user has a permission on one by
// one: ascending.
type GrantSet struct {
	Packages []int64
	// Key is the same for the same packages alone; empty for none.
	Key string
}

// keptSet is a GrantSet as of the number of changes that the account's grants had.
type keptSet struct {
	GrantSet
	changes int64
}

// GrantSet returns the packages of an account that groups and collaboration give a
// user one by one.
func (s *Store) GrantSet(ctx context.Context, userID, accountID int64) (GrantSet, error) {
	key := rowKey{noun: grantSet, id: userID, of: accountID}
	return remember(ctx, s, key, func() (GrantSet, error) { return s.grantSet(ctx, key) })
}

// grantSet returns the set of key. To read it costs in proportion to its size, so it
// is kept over all writes but those of the account's grants, which triggers count
// (migration 029). A transaction that writes neither asks nor keeps: what it counts
// may be taken back.
func (s *Store) grantSet(ctx context.Context, key rowKey) (GrantSet, error) {
	if s.mode == writing {
		read, err := s.readGrantSet(ctx, key)
		return read.GrantSet, err
	}
	if kept, ok := s.db.grantSets.get(version{}, key); ok {
		set := kept.(keptSet)
		changes, err := s.grantChanges(ctx, key.of)
		if err != nil || changes == set.changes {
			return set.clone(), err
		}
	}
	read, err := s.readGrantSet(ctx, key)
	if err != nil {
		return GrantSet{}, err
	}
	s.db.grantSets.put(version{}, key, read)
	return read.clone(), nil
}

// grantChanges counts the changes of the grants of an account.
func (s *Store) grantChanges(ctx context.Context, accountID int64) (n int64, err error) {
	err = s.read.NewRaw("SELECT coalesce(max(grant_changes), 0) FROM accounts WHERE id = ?", accountID).Scan(ctx, &n)
	return n, classify(err, "count changes of grants")
}

func (k keptSet) clone() GrantSet { return GrantSet{Packages: slices.Clone(k.Packages), Key: k.Key} }

// readGrantSet reads a set and the number of changes that it is of by one statement,
// so that they belong together. SQLite takes tables that are cross joined in their
// order; by itself it begins with the packages, of which there are most.
func (s *Store) readGrantSet(ctx context.Context, key rowKey) (read keptSet, err error) {
	var attached, shared string // in one row: thousands take many times as long
	err = s.read.NewRaw(`SELECT coalesce((SELECT grant_changes FROM accounts WHERE id = ?1), 0),
		coalesce((SELECT group_concat(attached.package_id) FROM group_members AS m CROSS JOIN groups AS grp CROSS JOIN group_packages AS attached
			WHERE m.user_id = ?0 AND grp.id = m.group_id AND grp.organization_id = ?1 AND attached.group_id = grp.id), ''),
		coalesce((SELECT group_concat(p.id) FROM collaborators AS c CROSS JOIN packages AS p
			WHERE c.user_id = ?0 AND p.id = c.package_id AND p.account_id = ?1), '')`, key.id, key.of).Scan(ctx, &read.changes, &attached, &shared)
	if err == nil {
		read.Packages, err = numbersIn(attached, shared)
	}
	read.Key = keyOf(read.Packages)
	return read, classify(err, "list granted packages")
}

// numbersIn returns the numbers of lists with commas, each once, ascending.
func numbersIn(lists ...string) (all []int64, err error) {
	for _, list := range lists {
		if list == "" {
			continue
		}
		all = slices.Grow(all, strings.Count(list, ",")+1)
		for text := range strings.SplitSeq(list, ",") {
			n, err := strconv.ParseInt(text, 10, 64)
			if err != nil {
				return nil, err
			}
			all = append(all, n)
		}
	}
	slices.Sort(all)
	return slices.Compact(all), nil
}

// keyOf names a set of packages.
func keyOf(packages []int64) string {
	if len(packages) == 0 {
		return ""
	}
	sum := sha256.New()
	for _, id := range packages {
		sum.Write(binary.BigEndian.AppendUint64(nil, uint64(id)))
	}
	return hex.EncodeToString(sum.Sum(nil))
}
