package io.signalbox.mesh.cli;

/** What a command's process ends with. */
public final class ExitStatus {

    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int USAGE = 2;
    public static final int DID_NOT_HOLD = 3;
    public static final int NOT_FOUND = 4;
    public static final int CONFLICT = 5;
    public static final int NO_WINNER = 6;
    public static final int UNAVAILABLE = 69;
    public static final int TIMED_OUT = 124;
    public static final int INTERRUPTED = 130;
    public static final int BROKEN_PIPE = 141;

    private ExitStatus() {}
}
