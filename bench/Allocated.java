import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.VirtualMachine;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.charset.StandardCharsets;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * Says how many bytes each thread of another JVM has allocated so far.
 *
 * <pre>java bench/Allocated.java PID</pre>
 *
 * For every line on the standard input: a line {@code BYTES NAME} for each thread, then {@code end}. The JVM counts to
 * the byte by itself; nothing is sampled. Asking allocates in the other JVM too, on threads of its own.
 */
final class Allocated {

    private Allocated() {}

    public static void main(String[] arguments) throws Exception {
        VirtualMachine machine = VirtualMachine.attach(arguments[0]);
        JMXServiceURL address = new JMXServiceURL(machine.startLocalManagementAgent());
        machine.detach();
        try (JMXConnector connector = JMXConnectorFactory.connect(address);
                BufferedReader asked = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            MBeanServerConnection beans = connector.getMBeanServerConnection();
            ThreadMXBean threads = ManagementFactory.newPlatformMXBeanProxy(
                    beans, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
            while (asked.readLine() != null) {
                print(threads);
            }
        }
    }

    private static void print(ThreadMXBean threads) {
        long[] ids = threads.getAllThreadIds();
        long[] bytes = threads.getThreadAllocatedBytes(ids);
        ThreadInfo[] infos = threads.getThreadInfo(ids);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < ids.length; i++) {
            // A thread that has ended meanwhile has neither.
            if (infos[i] != null && bytes[i] >= 0) {
                lines.append(bytes[i])
                        .append(' ')
                        .append(infos[i].getThreadName())
                        .append('\n');
            }
        }
        System.out.println(lines.append("end"));
    }
}
