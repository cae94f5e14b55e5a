package io.signalbox.mesh.proxy.http1;

import io.signalbox.mesh.proxy.io.Inbox;
import io.signalbox.mesh.proxy.message.BadMessage;
import io.signalbox.mesh.proxy.message.Fields;
import io.signalbox.mesh.proxy.message.Octets;
import io.signalbox.mesh.proxy.message.Trailers;
import io.signalbox.mesh.proxy.relay.BodySource;
import org.jspecify.annotations.Nullable;

/** Takes a body out of what has been read, without its framing. */
final class BodyReader {

    /** The most that the extensions of one chunk may take. */
    private static final int LONGEST_EXTENSION = 4 * 1024;

    private static final int MOST_SIZE_DIGITS = 15;

    private final FieldLines lines;
    private final HeadScanner scanner;
    private Framing framing = Framing.NONE;
    private State state = State.DONE;
    private long left;
    private int digits;
    private int extension;
    private boolean blankAfterSize;
    private @Nullable Fields trailers;

    BodyReader(FieldLines lines, int headLimit) {
        this.lines = lines;
        this.scanner = new HeadScanner(headLimit);
    }

    private enum State {
        DATA,
        SIZE,
        EXTENSION,
        SIZE_LF,
        DATA_CR,
        DATA_LF,
        TRAILERS,
        DONE
    }

    void begin(Framing next) {
        framing = next;
        trailers = null;
        switch (next) {
            case Framing.None _ -> state = State.DONE;
            case Framing.Sized(long length) -> {
                state = State.DATA;
                left = length;
            }
            case Framing.Chunked _ -> beginSize();
            case Framing.UntilClose _ -> {
                state = State.DATA;
                left = Long.MAX_VALUE;
            }
        }
    }

    boolean isDone() {
        return state == State.DONE;
    }

    /** After the end: the trailers, if there were any. */
    @Nullable
    Fields trailers() {
        return trailers;
    }

    /** The input has ended; whether the body is whole by that. */
    boolean ended() {
        if (framing instanceof Framing.UntilClose) {
            state = State.DONE;
        }
        return state == State.DONE;
    }

    /**
     * Hands body bytes over until there are no more, the body is done, or the taker has had that much. What frames them is read
     * as far as it is there: who takes no more may still learn that this was all.
     */
    void read(Inbox in, BodySource.Taker taker, int most) throws BadMessage {
        int room = most;
        while (state != State.DONE && (room > 0 || state != State.DATA) && in.start < in.end) {
            if (state == State.DATA) {
                int length = (int) Math.min(Math.min(left, in.end - in.start), room);
                taker.take(in.bytes, in.start, length);
                in.start += length;
                room -= length;
                left -= length;
                if (left == 0) {
                    state = framing instanceof Framing.Chunked ? State.DATA_CR : State.DONE;
                }
            } else if (state == State.TRAILERS) {
                if (!readTrailers(in)) {
                    return;
                }
            } else {
                frame(in.bytes[in.start++]);
            }
        }
    }

    private void frame(byte octet) throws BadMessage {
        switch (state) {
            case SIZE -> size(octet);
            case EXTENSION -> extension(octet);
            case SIZE_LF -> {
                require(octet == '\n', "a chunk's size that does not end in CR LF");
                if (left == 0) {
                    state = State.TRAILERS;
                    scanner.reset();
                } else {
                    state = State.DATA;
                }
            }
            case DATA_CR -> {
                require(octet == '\r', "a chunk that is longer than its size");
                state = State.DATA_LF;
            }
            case DATA_LF -> {
                require(octet == '\n', "a chunk that is longer than its size");
                beginSize();
            }
            case DATA, TRAILERS, DONE -> throw new IllegalStateException(state.toString());
        }
    }

    private void beginSize() {
        state = State.SIZE;
        left = 0;
        digits = 0;
        extension = 0;
        blankAfterSize = false;
    }

    private void size(byte octet) throws BadMessage {
        int digit = Octets.hex(octet);
        if (digit >= 0 && !blankAfterSize) {
            require(++digits <= MOST_SIZE_DIGITS, "a chunk's size of too many digits");
            left = (left << 4) | digit;
            return;
        }
        require(digits > 0, "a chunk without a size");
        if (octet == '\r' && !blankAfterSize) {
            state = State.SIZE_LF;
        } else if (octet == ';') {
            state = State.EXTENSION;
        } else {
            require(Octets.isBlank(octet), "a chunk's size that is no hexadecimal number");
            require(++extension <= LONGEST_EXTENSION, "a chunk extension that is too long");
            blankAfterSize = true;
        }
    }

    private void extension(byte octet) throws BadMessage {
        if (octet == '\r') {
            state = State.SIZE_LF;
            return;
        }
        require(Octets.isText(octet), "a control character in a chunk extension");
        require(++extension <= LONGEST_EXTENSION, "a chunk extension that is too long");
    }

    private boolean readTrailers(Inbox in) throws BadMessage {
        if (in.bytes[in.start] == '\r' && in.size() >= 2) {
            require(in.bytes[in.start + 1] == '\n', "a body that does not end in CR LF");
            in.start += 2;
            state = State.DONE;
            return true;
        }
        int length = scanner.find(in);
        if (length < 0) {
            return false;
        }
        Fields read = new Fields();
        lines.read(in.bytes, in.start, in.start + length, read);
        in.start += length;
        trailers = Trailers.allowed(read);
        state = State.DONE;
        return true;
    }

    private static void require(boolean holds, String otherwise) throws BadMessage {
        if (!holds) {
            throw BadMessage.invalid(otherwise);
        }
    }
}
