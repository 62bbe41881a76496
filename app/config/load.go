package config

import (
	"os"

	"github.com/spf13/pflag"
	"github.com/spf13/viper"
)

// The global flags. Every other key is set in the environment or the file.
const (
	FlagConfig  = "config"
	FlagDataDir = "data-dir"
	FlagListen  = "listen"
)

var flagKeys = map[string]string{"data_dir": FlagDataDir, "listen": FlagListen}

// AddFlags defines the global flags.
func AddFlags(flags *pflag.FlagSet) {
	flags.String(FlagConfig, "", "configuration file (default ./config.yaml, else /etc/vivarium/config.yaml)")
	flags.String(FlagDataDir, "", "folder that holds everything the server keeps (default ./data)")
	flags.String(FlagListen, "", "address to listen on (default :8080)")
}

// Setting is one key as it is in force, for people to look at.
type Setting struct {
	Key    string
	Value  string // "(hidden)" for a secret that is set
	Source string // a flag, an environment variable, a file and line, or "default"
}

// Loaded is a configuration together with where it came from.
type Loaded struct {
	Config
	File     string // the file that was read, or empty
	Named    bool   // File was named, not found where files usually are
	Settings []Setting
}

// Source returns where the value of a key came from.
func (l Loaded) Source(key string) string {
	for _, s := range l.Settings {
		if s.Key == key {
			return s.Source
		}
	}
	return ""
}

// Load reads the configuration in force: flags before environment variables
// before files named by …_FILE variables before the configuration file before
// the defaults. What is wrong comes back as an *Error.
func Load(flags *pflag.FlagSet) (Loaded, error) {
	l := Loaded{Config: Default()}
	table := l.Config.keys()
	s, err := gather(flags, table)
	if err != nil {
		return l, err
	}
	l.File, l.Named = s.path, s.namedFile() != ""
	for _, k := range table {
		if err := s.apply(k); err != nil {
			return l, err
		}
	}
	if err := s.crossCheck(&l.Config); err != nil {
		return l, err
	}
	for _, k := range table {
		l.Settings = append(l.Settings, s.describe(k))
	}
	return l, nil
}

// sources is everything a value can come from.
type sources struct {
	flags *pflag.FlagSet
	path  string
	file  map[string]entry
	viper *viper.Viper
}

// gather reads all sources and lays them over each other in viper.
func gather(flags *pflag.FlagSet, table []key) (sources, error) {
	// Keys keep their dots: the table is flat.
	s := sources{flags: flags, viper: viper.NewWithOptions(viper.KeyDelimiter("::"))}
	if err := checkEnvironment(table); err != nil {
		return s, err
	}
	if err := s.readFile(table); err != nil {
		return s, err
	}
	fromFiles, err := readEnvFiles(table)
	if err != nil {
		return s, err
	}
	if err := s.viper.MergeConfigMap(fromFiles); err != nil {
		return s, err
	}
	return s, s.bind(table)
}

func (s *sources) readFile(table []key) error {
	path, content, err := findFile(s.namedFile())
	if err != nil || path == "" {
		return err
	}
	s.path = path
	if s.file, err = parseFile(path, content, table); err != nil {
		return err
	}
	values := map[string]any{}
	for name, e := range s.file {
		values[name] = e.raw
	}
	return s.viper.MergeConfigMap(values)
}

func (s *sources) namedFile() string {
	if f := s.flags.Lookup(FlagConfig); f != nil && f.Changed {
		return f.Value.String()
	}
	return os.Getenv(envConfig)
}

func (s *sources) bind(table []key) error {
	for _, k := range table {
		s.viper.SetDefault(k.name, k.value.show())
		if err := s.viper.BindEnv(k.name, k.env()); err != nil {
			return err
		}
		if f := s.flag(k); f != nil {
			if err := s.viper.BindPFlag(k.name, f); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *sources) flag(k key) *pflag.Flag {
	if name, ok := flagKeys[k.name]; ok {
		return s.flags.Lookup(name)
	}
	return nil
}

// apply sets one key to what the sources say.
func (s *sources) apply(k key) error {
	usual := k.value.show()
	if err := k.value.set(s.viper.GetString(k.name)); err != nil {
		return &Error{Key: k.name, Where: s.origin(k), Problem: err.Error()}
	}
	if k.unbuilt != "" && k.value.show() != usual {
		return &Error{Key: k.name, Where: s.origin(k), Problem: k.unbuilt + " is not built yet; leave this key at its default"}
	}
	return nil
}

// origin names the source that won for a key.
func (s *sources) origin(k key) string {
	if f := s.flag(k); f != nil && f.Changed {
		return "--" + f.Name
	}
	if os.Getenv(k.env()) != "" {
		return k.env()
	}
	if os.Getenv(k.env()+fileSuffix) != "" {
		return k.env() + fileSuffix
	}
	if e, ok := s.file[k.name]; ok {
		return line(s.path, e.line)
	}
	return "default"
}

func (s *sources) describe(k key) Setting {
	out := Setting{Key: k.name, Value: k.value.show(), Source: s.origin(k)}
	if k.secret && out.Value != "" {
		out.Value = "(hidden)"
	}
	return out
}
