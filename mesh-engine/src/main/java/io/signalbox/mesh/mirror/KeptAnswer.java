package io.signalbox.mesh.mirror;

import io.signalbox.mesh.time.Ticker;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An answer as it passes, kept to be compared: of its body the first {@value #MOST_BYTES} bytes. Belongs to one thread. */
public final class KeptAnswer {

    static final int MOST_BYTES = 64 * 1024;

    private final Ticker ticker;
    private final long startNanos;
    private ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final Map<String, String> fields = new TreeMap<>();
    private int status;
    private long headNanos;
    private long length;
    private boolean wanted = true;

    /** @param startNanos when the request went out, on the ticker */
    public KeptAnswer(Ticker ticker, long startNanos) {
        this.ticker = ticker;
        this.startNanos = startNanos;
    }

    /** Its head has come; its fields follow. */
    public void head(int answered) {
        status = answered;
        headNanos = ticker.nanos();
    }

    public void field(String name, String value) {
        fields.merge(name.toLowerCase(Locale.ROOT), value, (one, more) -> one + ", " + more);
    }

    /** A part of its body passes. */
    public void body(byte[] bytes, int offset, int count) {
        length += count;
        if (wanted) {
            body.write(bytes, offset, Math.min(count, MOST_BYTES - body.size()));
        }
    }

    /** Nobody is going to compare it: what is kept goes, though more of the answer may pass. */
    public void letGo() {
        wanted = false;
        body = new ByteArrayOutputStream(0);
        fields.clear();
    }

    /** Bytes of the body that are held. */
    int held() {
        return body.size();
    }

    int status() {
        return status;
    }

    /** By name in small letters. */
    Map<String, String> fields() {
        return fields;
    }

    /** From the request to the answer's head. */
    long tookNanos() {
        return headNanos - startNanos;
    }

    /** Whether all of the body was kept. */
    boolean isWhole() {
        return length <= MOST_BYTES;
    }

    /** What was kept of the body; {@code null} when it is no UTF-8, as when it is compressed. */
    @Nullable
    String text() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    boolean hasBodyOf(KeptAnswer other) {
        return Arrays.equals(body.toByteArray(), other.body.toByteArray());
    }

    long length() {
        return length;
    }
}
