import './app/mantine.css'
import './app/global.css'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { shareStyleNonce } from './lib/csp-nonce.ts'

shareStyleNonce()

const root = document.querySelector('#root')
if (root !== null) createRoot(root).render(<App />)
