package model_test

import (
	"context"
	"testing"

	"vivarium/app/model"
)

func TestNoteActorWithoutAServer(t *testing.T) {
	t.Parallel()
	if err := model.NoteActor(context.Background(), "ada"); err != nil {
		t.Errorf("NoteActor = %v", err)
	}
	if id := model.RequestID(context.Background()); id != "" {
		t.Errorf("RequestID = %q", id)
	}
}

func TestNoteActorCountsEachLoginOnce(t *testing.T) {
	t.Parallel()
	var counted []string
	note := &model.RequestNote{ID: "r1", Admit: func(login string) error {
		counted = append(counted, login)
		if login == "casey" {
			return model.Errorf(model.TooMany, "Too many requests.")
		}
		return nil
	}}
	ctx := model.WithRequestNote(context.Background(), note)
	for _, login := range []string{"", "ada", "ada"} {
		if err := model.NoteActor(ctx, login); err != nil {
			t.Errorf("NoteActor(%q) = %v", login, err)
		}
	}
	if err := model.NoteActor(ctx, "casey"); model.CodeOf(err) != model.TooMany {
		t.Errorf("NoteActor(casey) = %v, want what Admit says", err)
	}
	if len(counted) != 2 || note.Actor() != "casey" || model.RequestID(ctx) != "r1" {
		t.Errorf("counted %q, actor %q, id %q", counted, note.Actor(), model.RequestID(ctx))
	}
}
