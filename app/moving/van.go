package moving

import (
	"context"
	"fmt"
	"sync"

	"vivarium/app/model"
	"vivarium/app/registry"
)

// Van moves channels here.
type Van struct {
	*registry.Registry
	// Actor is the site's operator.
	Actor model.Actor
	// Parallel is how many packages are on their way at once; at least one.
	Parallel int
	// Renamed says what accounts of the source are called here, if not the same.
	Renamed map[string]string
	// Owner owns organizations of which no owner is here.
	Owner string
	// Moved is called after each package, one call at a time.
	Moved func()
}

// Move brings a channel of another server into a channel here. What cannot be
// taken is on the sheet and stops nothing else. An error says why the move broke
// off; begun again, it passes over what is here.
func (v *Van) Move(ctx context.Context, from Channel, to string) (*Sheet, error) {
	a, err := v.Account(ctx, v.Actor, to)
	if err != nil {
		return nil, err
	}
	sheet := newSheet(a.Login, from.From)
	return sheet, v.moveInto(ctx, from, sheet)
}

// moveInto moves a channel into the one that the sheet is of.
func (v *Van) moveInto(ctx context.Context, from Channel, sheet *Sheet) error {
	sheet.Packages.There = len(from.Packages)
	sheet.skip(from.PassedOver...)
	ctx, breakOff := context.WithCancelCause(ctx)
	defer breakOff(nil)
	v.moveAll(ctx, from.Packages, sheet, breakOff)
	defer sheet.sort()
	if err := context.Cause(ctx); err != nil {
		return fmt.Errorf("the move broke off, and the same command goes on with it: %w", err)
	}
	v.lock(ctx, from.Labels, sheet.Name, sheet)
	return nil
}

// moveAll moves packages, some at a time.
func (v *Van) moveAll(ctx context.Context, packages []Listed, sheet *Sheet, breakOff func(error)) {
	queue := make(chan Listed)
	var workers sync.WaitGroup
	var reporting sync.Mutex
	for range max(1, v.Parallel) {
		workers.Go(func() {
			for listed := range queue {
				m := mover{Van: v, to: sheet.Name, sheet: sheet}
				if err := m.move(ctx, listed); err != nil {
					breakOff(err)
				}
				reporting.Lock()
				v.Moved()
				reporting.Unlock()
			}
		})
	}
	for _, listed := range packages {
		if ctx.Err() != nil {
			break
		}
		queue <- listed
	}
	close(queue)
	workers.Wait()
}

// lock makes the labels that have no files and locks those that are locked there,
// last of all: nothing can be put on a locked label.
func (v *Van) lock(ctx context.Context, labels []model.Label, to string, sheet *Sheet) {
	have, err := v.Labels(ctx, v.Actor, to)
	if err != nil {
		sheet.problem("labels", err)
		return
	}
	here := map[string]model.Label{}
	for _, l := range have {
		here[l.Name] = l
	}
	for _, l := range labels {
		name := model.FoldName(l.Name)
		if _, ok := here[name]; !ok {
			if _, err := v.CreateLabel(ctx, v.Actor, to, name); err != nil {
				sheet.problem("label "+l.Name, err)
				continue
			}
		}
		if l.Locked && !here[name].Locked {
			if _, err := v.LockLabel(ctx, v.Actor, to, name, true); err != nil {
				sheet.problem("label "+l.Name, err)
				continue
			}
		}
		if l.Locked {
			sheet.note(func(s *Sheet) { s.Locked = append(s.Locked, name) })
		}
	}
}
