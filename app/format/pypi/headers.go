package pypi

import "strings"

// maxHeaders bounds the memory that the list of headers takes.
const maxHeaders = 20_000

// header is one field as it stands in the file. Its value keeps the line ends
// inside it.
type header struct{ name, value string }

// parseHeaders splits metadata into headers and body at the places where Python's
// email parser does, since installers use that: lines may end in any of three
// ways, and the first line that can be no header begins the body.
func parseHeaders(s string) (headers []header, body string, err error) {
	for s != "" {
		line, rest := cutLine(s)
		if line == "" {
			return headers, rest, nil
		}
		if strings.IndexByte(": \t", line[0]) >= 0 || strings.HasPrefix(line, "From ") {
			// Python passes such a line over, others may not.
			return nil, "", invalid("Invalid metadata: the line %s is no field.", quote(line))
		}
		name, _, ok := strings.Cut(line, ":")
		if !ok || !isHeaderName(name) {
			return headers, s, nil
		}
		value := s[len(name)+1:]
		rest = skipFolded(rest)
		value = strings.Trim(value[:len(value)-len(rest)], " \t\r\n")
		if headers = append(headers, header{name, value}); len(headers) > maxHeaders {
			return nil, "", invalid("Invalid metadata: it has more than %d fields.", maxHeaders)
		}
		s = rest
	}
	return headers, "", nil
}

// skipFolded returns s behind the lines that go on with the value before them.
func skipFolded(s string) string {
	for s != "" && (s[0] == ' ' || s[0] == '\t') {
		_, s = cutLine(s)
	}
	return s
}

func cutLine(s string) (line, rest string) {
	end := strings.IndexAny(s, "\r\n")
	if end < 0 {
		return s, ""
	}
	line, rest = s[:end], s[end+1:]
	if s[end] == '\r' {
		rest = strings.TrimPrefix(rest, "\n")
	}
	return line, rest
}

func isHeaderName(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] > '~' {
			return false
		}
	}
	return s != ""
}

// unfold joins the lines of a value with blanks.
func unfold(value string) string {
	if !strings.ContainsAny(value, "\r\n") {
		return value
	}
	return strings.Join(strings.Fields(value), " ")
}

// dedent returns the lines of a text that was folded into a header: eight blanks
// stand before each line but the first, or seven and a bar.
func dedent(value string) string {
	if !strings.ContainsAny(value, "\r\n") {
		return value
	}
	var b strings.Builder
	for first := true; value != ""; first = false {
		var line string
		line, value = cutLine(value)
		if !first {
			b.WriteByte('\n')
		}
		b.WriteString(outdent(line))
	}
	return b.String()
}

func outdent(line string) string {
	const depth = 8
	n := len(line) - len(strings.TrimLeft(line, " "))
	if n == depth-1 && strings.HasPrefix(line[n:], "|") {
		return line[depth:]
	}
	return line[min(n, depth):]
}
