package io.signalbox.mesh.proxy.http2;

import io.signalbox.mesh.proxy.http2.hpack.HpackEncoder;
import io.signalbox.mesh.proxy.http2.hpack.HpackOutput;
import io.signalbox.mesh.proxy.message.Fields;
import io.signalbox.mesh.proxy.relay.AnswerMessage;
import io.signalbox.mesh.proxy.relay.BodyLength;
import io.signalbox.mesh.proxy.relay.BodySource;
import io.signalbox.mesh.proxy.relay.Upstream;
import io.signalbox.mesh.proxy.relay.UpstreamCall;
import io.signalbox.mesh.proxy.transport.HttpVersion;
import io.signalbox.mesh.proxy.transport.UpstreamFailure;
import java.util.ArrayDeque;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** One attempt as a stream of a connection to its target. */
public final class EndpointStream extends Http2Stream implements Upstream {

    private static final UpstreamFailure LOST =
            new UpstreamFailure.Reset("the connection to the endpoint ended before the answer was complete");

    private final Http2Endpoint connection;
    private final ArrayDeque<AnswerMessage> heads = new ArrayDeque<>(1);
    private @Nullable UpstreamCall call;
    private String method = "";
    private boolean headed;
    private boolean kept;

    EndpointStream(Http2Endpoint connection) {
        super(connection, 0);
        this.connection = connection;
        kept = connection.wasHeard();
    }

    @Override
    public void request(UpstreamCall next, String requestMethod, String target, Fields fields, BodyLength length) {
        call = next;
        method = requestMethod;
        connection.opened(this);
        HpackEncoder encoder = connection.encoder();
        HpackOutput output = connection.block();
        encoder.field(output, ":method", requestMethod);
        encoder.field(output, ":scheme", connection.wire().isSecured() ? "https" : "http");
        encoder.field(output, ":path", target);
        String host = fields.first("Host");
        if (host != null && !host.isEmpty()) {
            encoder.field(output, ":authority", host);
        }
        MessageFields.write(encoder, output, fields);
        MessageFields.writeLength(encoder, output, length, null);
        boolean bodiless = length instanceof BodyLength.None;
        connection.writeBlock(id(), output, bodiless ? Frame.END_STREAM : 0);
        if (bodiless) {
            endedByHead();
        }
        endpointDue();
    }

    boolean isHeaded() {
        return headed;
    }

    void headCame(HeadBlock block, boolean whole, boolean last) throws Http2Exception {
        String status = block.status;
        boolean valid = whole
                && block.wrong() == null
                && status != null
                && status.length() == 3
                && block.method == null
                && block.path == null
                && block.scheme == null
                && block.authority == null;
        int number = valid ? number(status) : 0;
        if (number < 100) {
            throw Requests.malformed(id(), "an answer without a valid head");
        }
        endpointDue();
        if (number < 200) {
            if (last) {
                throw Requests.malformed(id(), "an interim answer that ends the stream");
            }
            heads.add(new AnswerMessage(HttpVersion.HTTP_2, number, "", block.fields, BodyLength.NONE));
        } else {
            headed = true;
            heads.add(new AnswerMessage(
                    HttpVersion.HTTP_2, number, "", block.fields, length(number, block.fields, last)));
            if (last) {
                ends(null);
            }
        }
        inputCame();
    }

    private BodyLength length(int status, Fields fields, boolean last) throws Http2Exception {
        if (method.equals("HEAD") || status == 204 || status == 304) {
            return last ? BodyLength.NONE : BodyLength.UNKNOWN;
        }
        BodyLength length = Lengths.read(id(), fields, last);
        promise(fields);
        return length;
    }

    private static int number(@Nullable String status) {
        int number = 0;
        for (int i = 0; status != null && i < status.length(); i++) {
            int digit = status.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            number = 10 * number + digit;
        }
        return number;
    }

    @Override
    public @Nullable AnswerMessage readHead() {
        return heads.poll();
    }

    @Override
    public BodySource answerBody() {
        return this;
    }

    @Override
    void inputCame() {
        UpstreamCall current = call;
        if (current != null) {
            endpointDue();
            current.answerCame();
        }
    }

    @Override
    void roomCame() {
        UpstreamCall current = call;
        if (current != null) {
            current.pumpRequest();
        }
    }

    /** The endpoint has not looked at it. */
    void notTaken() {
        fails(new UpstreamFailure.NotTaken("the endpoint takes no more requests on this connection"));
    }

    @Override
    void wasReset(int code) {
        if (code == ErrorCode.REFUSED_STREAM) {
            notTaken();
        } else if (code == ErrorCode.PROTOCOL_ERROR) {
            fails(new UpstreamFailure.ProtocolError("the endpoint found fault with the request's protocol"));
        } else {
            fails(new UpstreamFailure.Reset("the endpoint reset the request"));
        }
    }

    @Override
    void lost(Exception why) {
        UpstreamFailure given = connection.cause();
        if (given != null) {
            fails(given);
        } else if (why instanceof Http2Exception) {
            fails(new UpstreamFailure.ProtocolError(
                    "the endpoint's answer is not valid HTTP, or its head is too large"));
        } else if (why instanceof SSLException && !connection.wasHeard()) {
            // With TLS 1.3 a server's refusal comes after the client's handshake is over.
            fails(new UpstreamFailure.IdentityRefused("mutual TLS with the endpoint failed: " + why.getMessage()));
        } else {
            fails(LOST);
        }
    }

    @Override
    void overdue() {
        UpstreamCall current = call;
        call = null;
        reset(ErrorCode.CANCEL);
        if (current != null) {
            current.failed(new UpstreamFailure.Stalled("the endpoint fell silent"));
        }
    }

    private void fails(UpstreamFailure failure) {
        UpstreamCall current = call;
        if (current != null) {
            current.failed(failure);
        }
    }

    @Override
    public void wantAnswer() {}

    @Override
    public void holdAnswer() {}

    @Override
    public void endpointDue() {
        due(connection.limits().stall().toNanos());
    }

    @Override
    public void endpointNotDue() {
        notDue();
    }

    @Override
    public boolean mayBeStale() {
        return kept && !headed;
    }

    @Override
    public void release(Request request) {
        call = null;
        reset(ErrorCode.CANCEL);
    }

    @Override
    public void discard(Request request) {
        close();
    }

    @Override
    public void close() {
        call = null;
        reset(ErrorCode.CANCEL);
    }
}
