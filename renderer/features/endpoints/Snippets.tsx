import { type SnippetLanguage, snippetLanguages, snippets } from '../../../shared/snippets.ts';
import { CodeBlock } from '../../components/CodeBlock.tsx';
import { Tabs } from '../../components/Tabs.tsx';
import { useWords } from '../../i18n/index.ts';

/** Receivers that verify the signature, ready to copy. */
export function Snippets() {
  const t = useWords('endpoints');
  return (
    <Tabs<SnippetLanguage>
      label={t('detail.snippetsLabel')}
      tabs={snippetLanguages.map((id) => {
        const { label, text, run } = snippets[id];
        return {
          id,
          label,
          content: (
            <>
              <p className="mb-2 text-ink-soft text-s">
                {t('detail.snippetsText')} <code className="break-all font-code text-ink">{run}</code>
              </p>
              <CodeBlock code={text} label={t('detail.snippet', { language: label })} />
            </>
          ),
        };
      })}
    />
  );
}
