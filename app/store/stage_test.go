package store

import (
	"encoding/json"
	"testing"
	"time"

	"vivarium/app/model"
)

// stage announces an upload of that id to a new release of a new package.
func (w *world) stage(owner model.Account, distID string, at time.Time) model.Stage {
	w.t.Helper()
	r := w.release(w.pkg(owner, distID, model.Public), "1.0")
	st := model.Stage{DistID: distID, TicketHash: []byte(distID), AccountID: owner.ID, PackageID: r.PackageID, ReleaseID: r.ID, CreatedAt: at}
	check(w.t, w.InsertStage(w.t.Context(), &st))
	return st
}

func TestStageRoundTrip(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada := w.user("ada")
	r := w.release(w.pkg(ada, "x", model.Public), "1.0")
	full := model.Stage{
		DistID: "d", TicketHash: []byte{0, 255}, AccountID: ada.ID, StagedBy: ada.ID, PackageID: r.PackageID, ReleaseID: r.ID,
		MadePackage: true, MadeRelease: true, Type: model.Conda, Basename: "noarch/x.conda", SHA256: "s", Description: "d",
		Attrs: json.RawMessage(`{}`), Dependencies: json.RawMessage(`{"depends":[]}`), Labels: []string{"main", "dev"},
		StoredSHA256: "t", StoredMD5: "m", StoredSize: 7, CreatedAt: noon,
	}
	check(t, w.InsertStage(ctx, &full))
	same(t, "by id", get(w.Stage(ctx, "d"))(t), full)
	same(t, "by ticket", get(w.StageByTicket(ctx, full.TicketHash))(t), full)
	bare := w.stage(ada, "e", noon)
	same(t, "bare", get(w.Stage(ctx, "e"))(t), bare)
}

func TestStageAbsentTakenAndChanged(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	st := w.stage(w.user("ada"), "d", noon)
	_, err := w.Stage(ctx, "e")
	fails(t, err, model.NotFound, `Upload "e" does not exist.`)
	_, err = w.StageByTicket(ctx, []byte("e"))
	fails(t, err, model.NotFound, "This upload does not exist.")
	again := st
	again.DistID = "e"
	fails(t, w.InsertStage(ctx, &again), model.Conflict, `Upload "e" exists already.`)

	st.StoredMD5, st.Basename = "m", "ignored"
	check(t, w.UpdateStage(ctx, &st, "stored_md5"))
	got := get(w.Stage(ctx, "d"))(t)
	if got.StoredMD5 != "m" || got.Basename != "" {
		t.Errorf("got %+v, want stored_md5 alone written", got)
	}
	fails(t, w.UpdateStage(ctx, &model.Stage{DistID: "e"}, "stored_md5"), model.NotFound, `Upload "e" does not exist.`)
	check(t, w.DeleteStage(ctx, "d"))
	fails(t, w.DeleteStage(ctx, "d"), model.NotFound, `Upload "d" does not exist.`)
}

func TestStageLists(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada := w.user("ada")
	late := w.stage(ada, "late", noon.Add(time.Microsecond))
	early := w.stage(ada, "early", noon)
	w.stage(ada, "latest", noon.Add(time.Hour))
	same(t, "before", get(w.StagesBefore(ctx, noon.Add(time.Hour)))(t), []model.Stage{early, late})
	same(t, "of a package", get(w.StagesOfPackage(ctx, late.PackageID))(t), 1)
	same(t, "of a release", get(w.StagesOfRelease(ctx, late.ReleaseID))(t), 1)
	same(t, "of no package", get(w.StagesOfPackage(ctx, 77))(t), 0)
	same(t, "of no release", get(w.StagesOfRelease(ctx, 77))(t), 0)
}
