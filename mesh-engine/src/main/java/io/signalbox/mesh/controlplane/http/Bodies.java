package io.signalbox.mesh.controlplane.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;

/** Reads request bodies up to a limit. */
final class Bodies {

    private Bodies() {}

    static String read(InputStream body, int most, Charset charset) {
        try {
            byte[] bytes = body.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new Refusal(
                        Problem.of(413, "body", "more than " + most + " bytes", "at most " + most + " bytes"));
            }
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new Refusal(Problem.of(400, "body", "not " + charset, charset + " text"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
