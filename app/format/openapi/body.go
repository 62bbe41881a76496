package openapi

import (
	"encoding/json"
	"maps"
	"net/http"
	"strconv"
)

const jsonMedia = "application/json"

func (b *builder) setBody(o *Operation, call Call) error {
	if call.Body == nil {
		return nil
	}
	schema, err := b.shapes.of(call.Body, true)
	if err != nil {
		return err
	}
	if len(call.Needs) > 0 {
		if schema, err = b.shapes.needing(schema, call.Needs); err != nil {
			return err
		}
	}
	media, required := call.Media, call.Media != "" || schema.demands()
	if media == "" {
		media = jsonMedia
	}
	if !required { // null then says the same as nothing
		schema = schema.OrNull()
	}
	content := Content{Schema: schema}
	if call.Example != "" {
		content.Example = json.RawMessage(call.Example)
	}
	o.Body = &RequestBody{Required: required, Content: map[string]Content{media: content}}
	return nil
}

func (b *builder) setAnswers(o *Operation, call Call) error {
	answers := map[int]any{call.Status: call.Answer}
	if call.Status == 0 {
		answers = map[int]any{http.StatusOK: call.Answer}
	}
	maps.Copy(answers, call.Also)
	for status, answer := range answers {
		response, err := b.response(http.StatusText(status), call.AnswerMedia, answer)
		if err != nil {
			return err
		}
		o.Responses[strconv.Itoa(status)] = response
	}
	return nil
}

func (b *builder) response(text, media string, answer any) (Response, error) {
	r := Response{Description: text}
	if answer == nil {
		return r, nil
	}
	schema, err := b.shapes.of(answer, false)
	if err != nil {
		return r, err
	}
	content := Content{Schema: schema}
	if _, bare := answer.(Schema); !bare {
		content.Example = answer
	}
	if media == "" {
		media = jsonMedia
	}
	r.Content = map[string]Content{media: content}
	return r, nil
}
