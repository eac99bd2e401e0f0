package main

import (
	"fmt"
	"io"
	"os"
	"runtime"

	"github.com/clbchat/naamloos/anonymize/keys"
)

// keyVariable holds a key of 64 hexadecimal digits.
const keyVariable = "NAAMLOOS_KEY"

// largestKeyFile is far more than any key file holds.
const largestKeyFile = 1 << 16

// readKey returns the key of a file or of the environment, or the zero Key when
// neither is given.
func readKey(s surroundings, file string) (keys.Key, error) {
	if file != "" {
		return readKeyFile(file)
	}
	text := s.getenv(keyVariable)
	if text == "" {
		return keys.Key{}, nil
	}
	k, err := keys.Parse(text)
	if err != nil {
		return keys.Key{}, fmt.Errorf("%s: %w", keyVariable, err)
	}
	return k, nil
}

// readKeyFile refuses files that others may read.
func readKeyFile(file string) (keys.Key, error) {
	f, err := os.Open(file)
	if err != nil {
		return keys.Key{}, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return keys.Key{}, err
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return keys.Key{}, fmt.Errorf("%s: others may read the key (mode %04o), make it yours with 'chmod 600'", file, info.Mode().Perm())
	}
	text, err := io.ReadAll(io.LimitReader(f, largestKeyFile))
	if err != nil {
		return keys.Key{}, err
	}
	defer clear(text)
	k, err := keys.Parse(string(text))
	if err != nil {
		return keys.Key{}, fmt.Errorf("%s: %w", file, err)
	}
	return k, nil
}
