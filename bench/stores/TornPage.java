import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/**
 * The page that was under way when the power went: what a disk may leave behind the last write that it has acknowledged.
 *
 * <p>In SQLite's write-ahead log (sqlite.org/fileformat2.html, 4.1 and 4.2) a header of 32 bytes names the size of a page and
 * two salts, and each frame of 24 bytes and a page repeats the salts; the log in force ends where they differ.
 */
final class TornPage {

    private static final int HEADER = 32;
    private static final int FRAME_HEADER = 24;
    private static final int PAGE_SIZE_AT = 8;
    private static final int SALTS_AT = 16;
    private static final int SALTS_IN_FRAME_AT = 8;

    private TornPage() {}

    /** @return whether there was a log to leave it in, and room */
    static boolean in(Path log, Random random) throws IOException {
        if (!Files.exists(log) || Files.size(log) < HEADER) {
            return false;
        }
        try (FileChannel file = FileChannel.open(log, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer header = read(file, 0, HEADER);
            int page = header.getInt(PAGE_SIZE_AT);
            long salts = header.getLong(SALTS_AT);
            long end = HEADER;
            while (end + FRAME_HEADER <= file.size()
                    && read(file, end, FRAME_HEADER).getLong(SALTS_IN_FRAME_AT) == salts) {
                end += FRAME_HEADER + page;
            }
            byte[] torn = new byte[1 + random.nextInt(FRAME_HEADER + page)];
            random.nextBytes(torn);
            ByteBuffer frame = ByteBuffer.wrap(torn);
            if (torn.length >= FRAME_HEADER) {
                frame.putInt(0, 1 + random.nextInt(100)).putInt(4, 1 + random.nextInt(100));
                frame.putLong(SALTS_IN_FRAME_AT, salts);
            }
            if (Files.getFileStore(log).getUsableSpace() < torn.length) {
                return false;
            }
            file.write(frame, end);
            return true;
        }
    }

    private static ByteBuffer read(FileChannel file, long at, int length) throws IOException {
        ByteBuffer read = ByteBuffer.allocate(length);
        file.read(read, at);
        return read;
    }
}
