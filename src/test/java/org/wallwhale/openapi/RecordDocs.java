package org.wallwhale.openapi;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** What the documentation comments of our sources say of records and their members. */
final class RecordDocs {
    private static final Path SOURCES = Path.of("src", "main", "java");
    private final Map<String, Text> texts = new HashMap<>();

    /** In Markdown; {@code members} are the comment's {@code @param}. */
    record Text(String description, Map<String, String> members) {
        Optional<String> of(String member) {
            return Optional.ofNullable(members.get(member));
        }
    }

    Text of(Class<?> type) {
        if (!texts.containsKey(type.getName())) {
            read(type);
        }
        return texts.computeIfAbsent(type.getName(), name -> new Text("", Map.of()));
    }

    private void read(Class<?> type) {
        String outermost = type.getName().replaceAll("\\$.*", "");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(null, files, null, List.of("-proc:none"), null,
                    files.getJavaFileObjects(SOURCES.resolve(outermost.replace('.', '/') + ".java")));
            CompilationUnitTree unit = task.parse().iterator().next();
            DocTrees trees = DocTrees.instance(task);
            new TreePathScanner<Void, String>() {
                @Override
                public Void visitClass(ClassTree tree, String enclosing) {
                    String name = enclosing.isEmpty() ? outermost : enclosing + "$" + tree.getSimpleName();
                    DocCommentTree comment = trees.getDocCommentTree(new TreePath(getCurrentPath().getParentPath(), tree));
                    if (comment != null) {
                        texts.put(name, text(comment));
                    }
                    return super.visitClass(tree, name);
                }
            }.scan(unit, "");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Text text(DocCommentTree comment) {
        Map<String, String> members = comment.getBlockTags().stream().filter(ParamTree.class::isInstance).map(ParamTree.class::cast)
                .collect(Collectors.toMap(tag -> tag.getName().toString(), tag -> markdown(tag.getDescription())));
        return new Text(markdown(comment.getFullBody()), members);
    }

    private static String markdown(List<? extends DocTree> trees) {
        String text = trees.stream().map(DocTree::toString).collect(Collectors.joining()).replaceAll("\\s+", " ")
                .replaceAll("\\{@code ([^}]*)}", "`$1`").strip();
        if (text.contains("{@") || text.contains("<p>")) {
            throw new IllegalStateException("This is read by clients, who cannot follow it: " + text);
        }
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
