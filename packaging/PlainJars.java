import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/**
 * Takes from the jars of a folder what only costs time at each start: {@code java packaging/PlainJars.java FOLDER}.
 *
 * <p>A signed jar is verified entry by entry, and the AOT cache leaves its classes out. Signatures matter on the way from
 * the repository, where Maven checks sums of its own. A security provider that is only registered, never asked for, is
 * still built whenever the runtime looks for one that it does not have.
 */
final class PlainJars {

    private static final Set<String> SIGNATURES = Set.of("SF", "RSA", "DSA", "EC");

    private PlainJars() {}

    public static void main(String[] arguments) throws IOException {
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(Path.of(arguments[0]), "*.jar")) {
            for (Path jar : jars) {
                try (FileSystem inside = FileSystems.newFileSystem(jar)) {
                    makePlain(inside.getPath("META-INF"));
                }
            }
        }
    }

    private static void makePlain(Path metaInf) throws IOException {
        if (!Files.isDirectory(metaInf)) {
            return;
        }
        List<Path> signatures;
        try (var files = Files.list(metaInf)) {
            signatures = files.filter(PlainJars::isSignature).toList();
        }
        if (signatures.isEmpty()) {
            return;
        }
        for (Path signature : signatures) {
            Files.delete(signature);
        }
        Files.deleteIfExists(metaInf.resolve("services").resolve("java.security.Provider"));
        Path file = metaInf.resolve("MANIFEST.MF");
        Manifest manifest;
        try (InputStream in = Files.newInputStream(file)) {
            manifest = new Manifest(in);
        }
        Manifest kept = new Manifest();
        kept.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        Object multiRelease = manifest.getMainAttributes().get(Attributes.Name.MULTI_RELEASE);
        if (multiRelease != null) {
            kept.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, multiRelease);
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            kept.write(out);
        }
    }

    private static boolean isSignature(Path file) {
        String name = file.getFileName().toString();
        return SIGNATURES.contains(name.substring(name.lastIndexOf('.') + 1));
    }
}
