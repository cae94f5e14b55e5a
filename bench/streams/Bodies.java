import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;

/** One long body at a time through the sidecar, checked to the last bit. HTTP/2 is spoken by curl. */
final class Bodies {

    enum Way {
        DOWN_SIZED,
        DOWN_CHUNKED,
        UP_SIZED,
        UP_CHUNKED,
        H2_DOWN_SIZED,
        H2_DOWN_CHUNKED,
        H2_UP
    }

    static final List<Way> HTTP1 = List.of(Way.DOWN_SIZED, Way.DOWN_CHUNKED, Way.UP_SIZED, Way.UP_CHUNKED);
    static final List<Way> HTTP2 = List.of(Way.H2_DOWN_SIZED, Way.H2_DOWN_CHUNKED, Way.H2_UP);

    private final int port;
    private final App app;

    Bodies(int port, App app) {
        this.port = port;
        this.app = app;
    }

    void move(Way way, long bytes) throws IOException, InterruptedException {
        switch (way) {
            case DOWN_SIZED -> down("/sized/" + bytes, bytes);
            case DOWN_CHUNKED -> down("/chunked/" + bytes, bytes);
            case UP_SIZED -> up(bytes, false);
            case UP_CHUNKED -> up(bytes, true);
            case H2_DOWN_SIZED -> curlDown("/sized/" + bytes, bytes);
            case H2_DOWN_CHUNKED -> curlDown("/chunked/" + bytes, bytes);
            case H2_UP -> curlUp(bytes);
        }
    }

    private void down(String path, long bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            send(socket.getOutputStream(), "GET " + path + " HTTP/1.1\r\nHost: app\r\n\r\n");
            InputStream in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
            CRC32 crc = new CRC32();
            check(path, App.Message.read(in).readBody(in, crc), crc.getValue(), bytes);
        }
    }

    private void up(long bytes, boolean chunked) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = socket.getOutputStream();
            send(
                    out,
                    "POST /up HTTP/1.1\r\nHost: app\r\n"
                            + (chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + bytes) + "\r\n\r\n");
            App.pour(out, bytes, chunked, new AtomicLong());
            InputStream in = new BufferedInputStream(socket.getInputStream());
            App.Message head = App.Message.read(in);
            checkUp(new String(in.readNBytes((int) head.length()), StandardCharsets.ISO_8859_1), bytes);
        }
    }

    private void curlDown(String path, long bytes) throws IOException, InterruptedException {
        Process curl = curl("http://127.0.0.1:" + port + path);
        CRC32 crc = new CRC32();
        try (InputStream in = curl.getInputStream()) {
            App.Message.take(in, bytes, crc);
            check(path, bytes + (in.read() < 0 ? 0 : 1), crc.getValue(), bytes);
        }
        ended(curl);
    }

    private void curlUp(long bytes) throws IOException, InterruptedException {
        Process curl = curl("-T", "-", "-H", "Expect:", "http://127.0.0.1:" + port + "/up");
        try (OutputStream out = curl.getOutputStream()) {
            App.pour(out, bytes, false, new AtomicLong());
        }
        checkUp(new String(curl.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1), bytes);
        ended(curl);
    }

    private static Process curl(String... arguments) throws IOException {
        List<String> command = new java.util.ArrayList<>(List.of("curl", "-sS", "-N", "-f", "--http2-prior-knowledge"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-H", "Host: app"));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void ended(Process curl) throws IOException, InterruptedException {
        if (curl.waitFor() != 0) {
            throw Main.wrong("curl ended with " + curl.exitValue());
        }
    }

    private static void checkUp(String said, long bytes) throws IOException {
        String meant = bytes + " " + App.checksum(bytes);
        if (!said.equals(meant)) {
            throw Main.wrong("an upload: the application got " + said + " (expected: " + meant + ")");
        }
    }

    private static void check(String what, long length, long crc, long bytes) throws IOException {
        if (length != bytes || crc != App.checksum(bytes)) {
            throw Main.wrong(what + ": " + length + " bytes, CRC " + crc + " (expected: " + bytes + ", "
                    + App.checksum(bytes) + ")");
        }
    }

    static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
