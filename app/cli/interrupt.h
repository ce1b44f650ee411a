// Signals that ask the program to end: Ctrl-C, SIGTERM (a batch system, `timeout`, a container that stops)
// and SIGHUP (the terminal is gone). All three are treated alike.
#pragma once

namespace iem::cli {

constexpr int kInterrupted = 130;  // the exit code, whichever signal it was

// For a command that has nothing to write yet: the program ends at once, without a file half written.
void end_on_interrupt();
// From here on the first signal is only noted, see interrupted(); the second one ends the program as above. A
// closed pipe is an error like a full disk.
void note_interrupts();
bool interrupted();

// A file that grows over a limit is an error like a full disk, and not the end of the program.
void outlive_file_limits();

}  // namespace iem::cli
