package channelindex

import "vivarium/app/model"

// Apply tells of committed changes of an account, so that the memory of stale
// views is freed at once. What Open answers never depends on it.
func (x *Index) Apply(accountID int64, changes []model.IndexChange) {
	var newest int64
	for _, c := range changes {
		newest = max(newest, c.Seq)
	}
	x.dropWhere(func(v *view) bool { return v.key.AccountID == accountID && v.seq < newest })
}

// Forget drops all that is kept of an account that is gone.
func (x *Index) Forget(accountID int64) {
	x.dropWhere(func(v *view) bool { return v.key.AccountID == accountID })
	x.mu.Lock()
	defer x.mu.Unlock()
	x.old.forget(accountID)
}

func (x *Index) dropWhere(goes func(*view) bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, at := range x.views {
		if v := at.Value.(*view); goes(v) {
			x.drop(v)
		}
	}
}
