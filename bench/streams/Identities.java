import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Certificates for mutual TLS, made by openssl. */
final class Identities {

    private Identities() {}

    static void make(Path folder, String... services) throws IOException, InterruptedException {
        List<String> key = List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes");
        openssl(
                folder,
                with(
                        List.of("req", "-x509"),
                        key,
                        List.of(
                                "-keyout",
                                "root-key.pem",
                                "-out",
                                "root.pem",
                                "-days",
                                "2",
                                "-subj",
                                "/CN=bench root")));
        for (String service : services) {
            Files.writeString(
                    folder.resolve(service + ".ext"),
                    "subjectAltName=URI:spiffe://bench.signalbox/service/" + service
                            + "\nbasicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n");
            openssl(
                    folder,
                    with(
                            List.of("req", "-new"),
                            key,
                            List.of(
                                    "-keyout",
                                    service + "-key.pem",
                                    "-out",
                                    service + ".csr",
                                    "-subj",
                                    "/CN=" + service)));
            openssl(
                    folder,
                    List.of(
                            "x509",
                            "-req",
                            "-in",
                            service + ".csr",
                            "-CA",
                            "root.pem",
                            "-CAkey",
                            "root-key.pem",
                            "-CAcreateserial",
                            "-days",
                            "2",
                            "-extfile",
                            service + ".ext",
                            "-out",
                            service + ".pem"));
        }
    }

    @SafeVarargs
    private static List<String> with(List<String>... parts) {
        List<String> all = new ArrayList<>();
        for (List<String> part : parts) {
            all.addAll(part);
        }
        return all;
    }

    private static void openssl(Path folder, List<String> arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(with(List.of("openssl"), arguments))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("openssl: " + said);
        }
    }
}
