package org.wallwhale.cli;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;

/** Where this machine is found. */
final class MachineAddresses {
    private MachineAddresses() {
    }

    /** The IPv4 addresses by which other machines reach this one; empty where there are none, or they cannot be told. */
    static List<String> ofOthers() {
        try {
            return NetworkInterface.networkInterfaces().filter(MachineAddresses::isUp).flatMap(NetworkInterface::inetAddresses)
                    .filter(each -> each instanceof Inet4Address && !each.isLoopbackAddress() && !each.isLinkLocalAddress())
                    .map(InetAddress::getHostAddress).toList();
        } catch (SocketException e) {
            return List.of();
        }
    }

    private static boolean isUp(NetworkInterface each) {
        try {
            return each.isUp();
        } catch (SocketException e) {
            return false;
        }
    }
}
