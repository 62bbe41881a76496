package views

import "testing"

func TestBackToTerminalPage(t *testing.T) {
	t.Parallel()
	checkGolden(t, "account/terminal", BackToTerminalPage(BackToTerminalProps{Layout: testLayout("Go on in the terminal")}))
}
