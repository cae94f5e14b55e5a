package io.signalbox.mesh.config;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * Sidecars in processes of their own, as documents of {@code signalbox.io/v1} in YAML or JSON.
 *
 * <p>A document is read whole, with the certificates and policies that it names, or refused whole with
 * {@link InvalidDocumentException}, whose message begins with the name of the file.
 */
public final class SidecarFormat {

    public static final String KIND = "Sidecar";

    private SidecarFormat() {}

    /**
     * Reads the text's only document.
     *
     * @param file where the text is from; the files it names are found from there
     * @param now when the identity must be valid
     */
    public static SidecarDocument read(String text, Path file, Instant now) {
        try {
            List<Node> documents = DocumentReader.read(text);
            if (documents.isEmpty()) {
                throw new InvalidDocumentException(Mark.START, Section.ROOT, "empty", "a " + KIND + " document");
            }
            if (documents.size() > 1) {
                throw new InvalidDocumentException(
                        documents.get(1).at(), Section.ROOT, documents.size() + " documents", "one sidecar a file");
            }
            return SidecarReader.read(documents.getFirst(), file, now);
        } catch (InvalidDocumentException e) {
            throw e.in(file);
        }
    }
}
