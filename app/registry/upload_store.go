package registry

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"io"

	"vivarium/app/blob"
	"vivarium/app/model"
	"vivarium/app/store"
)

// ErrDigest is in the tree of an Invalid error when bytes differ from what was
// announced.
var ErrDigest = errors.New("digest differs")

// StoreFile takes the bytes of a staged file. ticket is the only credential;
// md5 (16 raw bytes) and size are what the sender declared, nil and -1 when it
// did not. Bytes that differ from what was announced are Invalid with ErrDigest,
// too many are TooLarge, an unknown or used ticket is Forbidden. A refused file
// leaves nothing behind.
func (r *Registry) StoreFile(ctx context.Context, ticket string, md5 []byte, size int64, body io.Reader) error {
	st, err := r.Store.StageByTicket(ctx, hashToken(ticket))
	if model.CodeOf(err) == model.NotFound || err == nil && (st.StoredSHA256 != "" || r.Clock.Since(st.CreatedAt) > StageLifetime) {
		return model.Errorf(model.Forbidden, "This upload is unknown, finished or too old. Start it again.")
	}
	if err != nil {
		return err
	}
	if size > r.UploadSize {
		return r.tooLarge()
	}
	h := r.hold()
	defer h.end()
	digest, err := r.receive(h, st, md5, size, body)
	if err != nil {
		return errors.Join(err, r.discard(context.WithoutCancel(ctx), h, st, digest.SHA256))
	}
	st.StoredSHA256, st.StoredMD5, st.StoredSize = digest.SHA256, digest.MD5, digest.Size
	err = r.Store.InSharedTx(ctx, func(tx *store.Store) error {
		return tx.UpdateStage(ctx, &st, "stored_sha256", "stored_md5", "stored_size")
	})
	if err == nil {
		r.Log.InfoContext(ctx, "file stored", "file", st.Basename, "size_bytes", digest.Size)
	}
	return err
}

func (r *Registry) tooLarge() error {
	return model.Errorf(model.TooLarge, "The file is larger than the %d bytes that this site takes (limits.upload_size).", r.UploadSize)
}

// receive writes body to the blobs and compares it with what was announced.
func (r *Registry) receive(h *hold, st model.Stage, md5 []byte, size int64, body io.Reader) (blob.Digest, error) {
	w, err := r.Blobs.Create()
	if err != nil {
		return blob.Digest{}, err
	}
	defer w.Abort()
	n, err := r.fill(w, body)
	switch {
	case err != nil:
		return blob.Digest{}, err
	case n == 0:
		return blob.Digest{}, model.Errorf(model.Invalid, "The file is empty.")
	}
	if err := compare(w.Digest(), st.SHA256, md5, size); err != nil {
		return blob.Digest{}, err
	}
	return h.commit(w)
}

// fill copies body to w, up to the site's limit.
func (r *Registry) fill(w *blob.Writer, body io.Reader) (int64, error) {
	n, err := w.ReadFrom(io.LimitReader(body, r.UploadSize+1))
	switch code := model.CodeOf(err); {
	case err != nil && (code == model.Full || code == model.TooLarge):
		return n, err
	case err != nil:
		return n, &model.Error{Code: model.Invalid, Message: "The upload broke off before its end.", Err: err}
	case n > r.UploadSize:
		return n, r.tooLarge()
	}
	return n, nil
}

func compare(got blob.Digest, sha256 string, md5 []byte, size int64) error {
	differs := func(what string) error {
		return &model.Error{Code: model.Invalid, Err: ErrDigest, Message: "The bytes that arrived have another " + what + " than was announced. Upload the file again."}
	}
	sum, _ := hex.DecodeString(got.MD5)
	switch {
	case size >= 0 && size != got.Size:
		return differs("size")
	case md5 != nil && !bytes.Equal(md5, sum):
		return differs("MD5")
	case sha256 != "" && sha256 != got.SHA256:
		return differs("SHA-256")
	}
	return nil
}

// discard forgets a staged file that was refused: its row, the release and the
// package that staging it made if they are still empty, and its bytes unless
// something else has the same. It ends h.
func (r *Registry) discard(ctx context.Context, h *hold, st model.Stage, blobs ...string) error {
	h.end()
	err := r.Store.InTx(ctx, func(tx *store.Store) error {
		// Meanwhile it may have to answer for more than when it was read.
		now, err := tx.Stage(ctx, st.DistID)
		if err == nil {
			st = now
			err = tx.DeleteStage(ctx, st.DistID)
		}
		if err != nil && model.CodeOf(err) != model.NotFound {
			return err
		}
		return dropEmpty(ctx, tx, st)
	})
	return firstError(err, r.dropBlobs(ctx, blobs...))
}

// dropBlobs removes those of the named bytes that no row refers to and no upload
// holds. It looks and removes inside the writer's transaction, so that no commit
// can come between. During a backup it leaves them to the collection of garbage.
func (r *Registry) dropBlobs(ctx context.Context, names ...string) error {
	return r.holds.unlessHeld(names, func(names []string) error {
		release, ok, err := r.Blobs.MayRemove()
		if err != nil || !ok {
			return err
		}
		err = r.Store.InTx(ctx, func(tx *store.Store) error { return r.dropUnused(ctx, tx, names) })
		return errors.Join(err, release())
	})
}

func (r *Registry) dropUnused(ctx context.Context, tx *store.Store, names []string) error {
	for _, sha256 := range names {
		used, err := tx.BlobInUse(ctx, sha256)
		if err != nil {
			return err
		}
		if used {
			continue
		}
		if err := r.Blobs.Remove(sha256); err != nil && model.CodeOf(err) != model.NotFound {
			return err
		}
	}
	return nil
}

// dropEmpty removes the release and the package that staging made, if nothing is in
// them. While other uploads to them are under way, those answer for it.
func dropEmpty(ctx context.Context, tx *store.Store, st model.Stage) error {
	if err := tx.PassMade(ctx, st); err != nil {
		return err
	}
	if st.MadeRelease {
		files, err := tx.CountReleaseFiles(ctx, st.ReleaseID)
		if err != nil {
			return err
		}
		stages, err := tx.StagesOfRelease(ctx, st.ReleaseID)
		if err != nil {
			return err
		}
		if files+stages == 0 {
			if err := tx.DeleteRelease(ctx, st.ReleaseID); err != nil {
				return err
			}
		}
	}
	if !st.MadePackage {
		return nil
	}
	releases, err := tx.Releases(ctx, st.PackageID)
	if err != nil || len(releases) > 0 {
		return err
	}
	return tx.DeletePackage(ctx, st.PackageID)
}
