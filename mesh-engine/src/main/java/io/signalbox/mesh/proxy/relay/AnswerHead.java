package io.signalbox.mesh.proxy.relay;

import io.signalbox.mesh.proxy.filter.HopByHop;
import io.signalbox.mesh.proxy.filter.MeshFields;
import io.signalbox.mesh.proxy.message.BadMessage;
import io.signalbox.mesh.proxy.message.Fields;
import io.signalbox.mesh.proxy.transport.ResponseHead;
import org.jspecify.annotations.Nullable;

/** Passes the heads of an endpoint's answer on to the caller. It keeps nothing, so passing on makes nothing. */
final class AnswerHead {

    private static final int MOST_INTERIM = 32;

    private AnswerHead() {}

    /** @param number of that interim answer among those of its attempt, from 1 */
    static void passInterim(AnswerMessage read, int number, Downstream downstream) throws BadMessage {
        if (read.status() == 101 || number > MOST_INTERIM) {
            throw BadMessage.invalid("an interim answer that was not asked for");
        }
        // The caller's expectation is met here, when its body is wanted.
        if (read.status() != 100 && downstream.takesInterim()) {
            HopByHop.strip(read.fields());
            MeshFields.strip(read.fields());
            downstream.interim(read.status(), read.reason(), read.fields());
        }
    }

    /**
     * Passes on the final one.
     *
     * @param response as it is to go out
     * @param read as it came
     * @param method of the request
     */
    static void pass(ResponseHead response, AnswerMessage read, String method, Downstream downstream) {
        Fields passed = Fields.of(response.headers());
        String said = read.length() instanceof BodyLength.None ? lengthUnsent(response.status(), method, passed) : null;
        downstream.head(response.status(), read.reason(), passed, read.length(), said);
    }

    /** What is said of the length of a body that is not there. */
    private static @Nullable String lengthUnsent(int status, String method, Fields passed) {
        if (status == 204) {
            return null;
        }
        return status == 304 || method.equals("HEAD") ? passed.first("Content-Length") : "0";
    }
}
