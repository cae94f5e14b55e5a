package io.signalbox.mesh.proxy.http1;

import io.signalbox.mesh.proxy.io.Inbox;
import io.signalbox.mesh.proxy.message.BadMessage;

/**
 * Finds where a head ends, looking at each octet once however slowly they come, and refuses what may not stand in one: a
 * CR or LF alone, a NUL.
 */
final class HeadScanner {

    private final int limit;
    private int seen;
    private int lineBegin;
    private boolean afterReturn;

    HeadScanner(int limit) {
        this.limit = limit;
    }

    void reset() {
        seen = 0;
        lineBegin = 0;
        afterReturn = false;
    }

    /** Whether the part that has been seen goes beyond its first line. */
    boolean inFields() {
        return lineBegin > 0;
    }

    boolean isIdle() {
        return seen == 0;
    }

    /**
     * Looks on.
     *
     * @return the length of the head with the empty line that ends it, or -1 when its end has not come yet
     */
    int find(Inbox in) throws BadMessage {
        byte[] bytes = in.bytes;
        int begin = in.start;
        int end = in.end;
        int at = begin + seen;
        boolean cr = afterReturn;
        while (at < end) {
            byte octet = bytes[at++];
            if (octet > '\r') {
                if (cr) {
                    throw BadMessage.invalid("a CR without LF");
                }
                continue;
            }
            if (cr) {
                if (octet != '\n') {
                    throw BadMessage.invalid("a CR without LF");
                }
                cr = false;
                int line = at - begin - 2 - lineBegin;
                lineBegin = at - begin;
                if (line == 0) {
                    return lineBegin;
                }
            } else if (octet == '\r') {
                cr = true;
            } else if (octet == '\n') {
                throw BadMessage.invalid("an LF without CR");
            } else if (octet == 0) {
                throw BadMessage.invalid("a NUL");
            }
        }
        seen = at - begin;
        afterReturn = cr;
        if (seen > limit) {
            throw tooLarge();
        }
        return -1;
    }

    BadMessage tooLarge() {
        return inFields()
                ? new BadMessage(431, "a head of more than " + limit + " bytes")
                : new BadMessage(414, "a first line of more than " + limit + " bytes");
    }

    int limit() {
        return limit;
    }
}
