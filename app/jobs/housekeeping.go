package jobs

import (
	"context"
	"log/slog"
	"time"

	"vivarium/app/model"
	"vivarium/app/registry"
)

// Grace is how old something unreferenced must be before the nightly collection
// takes it.
const Grace = 24 * time.Hour

// mailPulse is how often waiting mail is looked for. Mail is never sent while
// somebody waits for a page, so that the time of an answer does not tell whether
// there was anybody to mail.
const mailPulse = 2 * time.Second

// Run does the housekeeping of r until ctx is done: it writes usage and sends mail
// every few seconds, reads what packages need after an update of the program, saves
// indexes every minute and collects garbage once in a while. What is still to be
// written when ctx ends is written before it returns.
func Run(ctx context.Context, r *registry.Registry, log *slog.Logger) {
	run(ctx, log, []job{
		{"flush usage", 5 * time.Second, r.Flush},
		{"send mail", mailPulse, r.SendMail},
		{"save indexes", time.Minute, r.Index.Save},
		{"note dependencies", 10 * time.Second, r.NoteDependencies},
		{"collect garbage", 6 * time.Hour, func(ctx context.Context) error {
			_, err := r.CollectGarbage(ctx, model.LocalOperator(), Grace)
			return err
		}},
	})
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	if err := r.Flush(last); err != nil {
		log.ErrorContext(last, "job failed", "job", "flush usage", "error", err)
	}
	if err := r.Index.Save(last); err != nil {
		log.ErrorContext(last, "job failed", "job", "save indexes", "error", err)
	}
}
